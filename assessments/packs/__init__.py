"""The files of a course pack that belong to assessments: questions.yaml and quiz.yaml."""
