"""Whatever is told outside: mail, web hooks and web push.

`outbox` is the one door: verbs write rows there, and workers send them. A channel delivers one row:
`mails`, `web_hooks`, `web_push`. `public_http` is the one way to an address of somebody else's.
"""
