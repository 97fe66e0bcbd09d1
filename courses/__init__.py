"""What is taught: catalogue, courses, modules, lessons, packs, enrolment, progress."""
