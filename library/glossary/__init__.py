"""The words of the subject in all languages of the site, from terms.yaml."""
