"""How it is tested: questions, quizzes, papers, attempts, scoring."""
