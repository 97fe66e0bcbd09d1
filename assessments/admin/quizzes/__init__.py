"""Where trainers build quizzes in Wagtail's admin."""
