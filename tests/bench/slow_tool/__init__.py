"""An app with one tool that takes as long as a tool may: what do the others notice of it?"""
