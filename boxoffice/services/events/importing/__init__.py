"""Events from files: conference data (JSON), iCalendar and CSV.

    records     what a file says about one event, and what is wrong with it
    files       bytes become text, and a reader is chosen
    conferences, calendars, tables    one reader per format: text in, findings with line numbers out
    places      time zones of cities and countries
    settling    a finding becomes a complete, valid event, or the reason why not
    merging     the same event in several places is one event
    importer    events are created, updated and published

Everything but the importer is pure.
"""
