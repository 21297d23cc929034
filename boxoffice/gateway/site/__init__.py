"""What browsers and robots ask for beside the API: pages, files, feeds, documentation."""
