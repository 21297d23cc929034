"""The composition root: settings become parts, parts services, services processes.

`services` builds what both processes need, `web` the ASGI application, `work` the worker. Here,
once, it is decided what the world is made of: which card company, which mail server, which store.
"""
