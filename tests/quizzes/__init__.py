"""What tests of quizzes share lies here; each file tests one part."""
