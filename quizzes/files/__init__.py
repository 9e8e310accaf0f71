"""Quizzes and answers as files."""
