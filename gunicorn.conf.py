"""How gunicorn serves the portal, the same for `make run` and for the container."""

wsgi_app = "net4u.wsgi"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # one copy of the code in memory, and a wrong setting ends the start instead of looping
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True  # nobody steers it but who started it
