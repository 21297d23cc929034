"""The questions of events, read from the database together with their events."""

from sqlalchemy import ColumnElement, Text, literal_column

_QUESTIONS = """
(SELECT json_agg(json_build_object(
     'id', q.id, 'label', q.label, 'kind', q.kind, 'help', q.help, 'per', q.per,
     'required', q.required, 'ticket_type_ids', q.ticket_type_ids, 'options', q.options,
     'minimum', q.minimum, 'maximum', q.maximum, 'at_check_in', q.at_check_in,
     'condition', CASE WHEN q.depends_on_id IS NOT NULL THEN json_build_object(
         'question_id', q.depends_on_id, 'any_of', q.depends_on_answers) END)
     ORDER BY q.position, q.id)::text
 FROM events.questions q
 WHERE q.organizer_id = events.events.organizer_id AND q.event_id = events.events.id)
"""
# For statements that read `events.events` under its own name; null without questions.
QUESTIONS_OF_EVENT: ColumnElement[str] = literal_column(_QUESTIONS, Text).label("questions")
