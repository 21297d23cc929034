import type {
  AnswerBody,
  Question,
  QuestionnaireView,
} from '~/shared/api/generated/boxoffice.schemas';
import { factOf } from '~/shared/api/problems';

export type Value = AnswerBody['value'];
/** What was answered so far, by the key of its place. */
export type Values = Readonly<Record<string, Value>>;

/** A question about one ticket, or about the whole order. */
export interface Place {
  key: string;
  question: Question;
  ticket: number | null;
}

/** The places under one heading: the whole order, or one ticket. */
export interface Group {
  key: string;
  heading: string | null;
  places: Place[];
}

export function keyOf(questionId: string, ticket: number | null): string {
  return `q-${questionId}-${ticket === null ? 'order' : String(ticket)}`;
}

function placeOf(question: Question, ticket: number | null): Place {
  return { key: keyOf(question.id, ticket), question, ticket };
}

function isAnswer(value: Value | undefined): boolean {
  if (value === null || value === undefined) return false;
  return Array.isArray(value) ? value.length > 0 : typeof value !== 'string' || value.trim() !== '';
}

/** Whether the chain of conditions that leads to the question is met. */
function isAsked(sheet: QuestionnaireView, values: Values, { question, ticket }: Place): boolean {
  const { condition } = question;
  if (condition == null) return true;
  const before = sheet.questions.find(({ id }) => id === condition.question_id);
  if (before === undefined) return false;
  const place = placeOf(before, before.per === 'ticket' ? ticket : null);
  const value = values[place.key];
  const said = Array.isArray(value) ? value : [value];
  const isMet = said.some((one) => condition.any_of.some((wanted) => wanted === one));
  return isMet && isAsked(sheet, values, place);
}

/** What is asked now, given what has been answered: the order's questions, then ticket by ticket. */
export function groupsOf(sheet: QuestionnaireView, values: Values): Group[] {
  const asked = (ids: readonly string[], per: Question['per'], ticket: number | null) =>
    sheet.questions
      .filter((question) => (question.per ?? 'order') === per && ids.includes(question.id))
      .map((question) => placeOf(question, ticket))
      .filter((place) => isAsked(sheet, values, place));
  const tickets = sheet.tickets.map(({ number, name, question_ids: ids }) => ({
    key: `ticket-${String(number)}`,
    heading: `${String(number)} · ${name}`,
    places: asked(ids, 'ticket', number),
  }));
  return [
    { key: 'order', heading: null, places: asked(sheet.order_question_ids, 'order', null) },
    ...tickets,
  ].filter(({ places }) => places.length > 0);
}

function placesOf(sheet: QuestionnaireView, values: Values): Place[] {
  return groupsOf(sheet, values).flatMap(({ places }) => places);
}

/** The answers as they are sent: only to what is asked. */
export function bodyOf(sheet: QuestionnaireView, values: Values): AnswerBody[] {
  return placesOf(sheet, values).flatMap(({ key, question, ticket }) => {
    const value = values[key] ?? null;
    return isAnswer(value) ? [{ question_id: question.id, ticket, value }] : [];
  });
}

/** What must still be answered, with what to say about it, by key. */
export function missingIn(sheet: QuestionnaireView, values: Values): Record<string, string> {
  return Object.fromEntries(
    placesOf(sheet, values)
      .filter(({ key, question }) => {
        if (question.required !== true) return false;
        return question.kind === 'consent' ? values[key] !== true : !isAnswer(values[key]);
      })
      .map(({ key, question }) => [
        key,
        question.kind === 'consent' ? 'Agree to this to go on.' : `Answer “${question.label}”.`,
      ]),
  );
}

interface Wrong {
  question_id: string;
  ticket: number | null;
  message: string;
}

/** What the server found wrong, by key. */
export function wrongOf(error: unknown): Record<string, string> {
  const wrong = factOf(error, 'answers') as Wrong[] | undefined;
  return Object.fromEntries(
    (wrong ?? []).map((one) => [keyOf(one.question_id, one.ticket), one.message]),
  );
}

/** What the order has answered already. */
export function valuesOf(sheet: QuestionnaireView): Values {
  return Object.fromEntries(
    sheet.answers.map((one) => [keyOf(one.question_id, one.ticket), one.value as Value]),
  );
}
