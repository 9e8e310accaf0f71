"""Rules of quizzes as pure functions: no Django, no database, no clock of their own."""
