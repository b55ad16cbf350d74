"""Django's SQLite, with a line of writers: `settings` name it as the database's engine."""
