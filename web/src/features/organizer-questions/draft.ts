import type {
  ConditionBody,
  ManagedEvent,
  Question,
  QuestionBody,
} from '~/shared/api/generated/boxoffice.schemas';

export type Kind = Question['kind'];

/** A question as typed. */
export interface Draft {
  label: string;
  help: string;
  kind: Kind;
  when: 'order' | 'ticket' | 'door';
  required: 'yes' | 'no';
  options: string;
  minimum: string;
  maximum: string;
  type: string;
  dependsOn: string;
  answer: string;
}

/** The inputs' ids. */
export const IDS: Record<keyof Draft, string> = {
  label: 'question-label',
  help: 'question-help',
  kind: 'question-kind',
  when: 'question-when',
  required: 'question-required',
  options: 'question-options',
  minimum: 'question-minimum',
  maximum: 'question-maximum',
  type: 'question-type',
  dependsOn: 'question-depends',
  answer: 'question-answer',
};

export const EMPTY: Draft = {
  label: '',
  help: '',
  kind: 'short_text',
  when: 'order',
  required: 'no',
  options: '',
  minimum: '',
  maximum: '',
  type: '',
  dependsOn: '',
  answer: '',
};

export const KINDS: Record<Kind, string> = {
  short_text: 'Short text',
  long_text: 'Long text',
  number: 'Number',
  yes_no: 'Yes or no',
  one_of: 'One of several',
  several_of: 'Any of several',
  date: 'Date',
  time: 'Time',
  datetime: 'Date and time',
  email: 'E-mail address',
  phone: 'Telephone number',
  country: 'Country',
  url: 'Web address',
  file: 'File (PDF or picture)',
  consent: 'Consent, such as terms',
};

export function hasOptions(kind: Kind): boolean {
  return kind === 'one_of' || kind === 'several_of';
}

export function hasBounds(kind: Kind): boolean {
  return ['number', 'several_of', 'short_text', 'long_text'].includes(kind);
}

/** What another question can depend on. */
export function isClosed({ kind }: Question): boolean {
  return hasOptions(kind) || kind === 'yes_no' || kind === 'consent';
}

/** The answers that can be given to it, as the form names them. */
export function answersTo(question: Question | undefined): { value: string; label: string }[] {
  if (question === undefined) return [];
  if (hasOptions(question.kind)) {
    return (question.options ?? []).map((option) => ({
      value: JSON.stringify([option]),
      label: option,
    }));
  }
  return [
    { value: '[true]', label: 'Yes' },
    { value: '[false]', label: 'No' },
  ];
}

function textOf(number: number | null | undefined): string {
  return number == null ? '' : String(number);
}

function whenOf({ per, at_check_in: atDoor }: Question): Draft['when'] {
  if (atDoor === true) return 'door';
  return per ?? 'order';
}

function dependenceOf({ condition }: Question): Pick<Draft, 'dependsOn' | 'answer'> {
  if (condition == null) return { dependsOn: '', answer: '' };
  return { dependsOn: condition.question_id, answer: JSON.stringify(condition.any_of) };
}

export function draftOf(question: Question): Draft {
  const { help = '', required = false, options = [], ticket_type_ids: types = [] } = question;
  return {
    label: question.label,
    help,
    kind: question.kind,
    when: whenOf(question),
    required: required ? 'yes' : 'no',
    options: options.join('\n'),
    minimum: textOf(question.minimum),
    maximum: textOf(question.maximum),
    type: types.join(),
    ...dependenceOf(question),
  };
}

function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}

function conditionOf({ dependsOn, answer }: Draft, event: ManagedEvent): ConditionBody | null {
  const before = event.questions?.find(({ id }) => id === dependsOn);
  if (before === undefined) return null;
  const fallback = answersTo(before)[0]?.value ?? '[]';
  const anyOf = JSON.parse(answer === '' ? fallback : answer) as ConditionBody['any_of'];
  return { question_id: before.id, any_of: anyOf };
}

export function bodyOf(draft: Draft, event: ManagedEvent): QuestionBody {
  const bounded = hasBounds(draft.kind);
  return {
    label: draft.label.trim(),
    help: draft.help.trim(),
    kind: draft.kind,
    per: draft.when === 'order' ? 'order' : 'ticket',
    at_check_in: draft.when === 'door',
    required: draft.required === 'yes',
    options: hasOptions(draft.kind)
      ? draft.options.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
      : [],
    minimum: bounded ? numberOf(draft.minimum) : null,
    maximum: bounded ? numberOf(draft.maximum) : null,
    ticket_type_ids: draft.type === '' ? [] : draft.type.split(','),
    condition: conditionOf(draft, event),
  };
}

/** "One of several · each ticket of Day · required · if “Diet?” is Yes". */
export function termsText(question: Question, event: ManagedEvent): string {
  const types = event.ticket_types.filter(({ id }) => question.ticket_type_ids?.includes(id));
  const { condition } = question;
  const before = event.questions?.find(({ id }) => id === condition?.question_id);
  const said = condition?.any_of.map((one) => (one === true ? 'Yes' : one === false ? 'No' : one));
  const asked = { order: 'once per order', ticket: 'each ticket', door: 'at the door' };
  return [
    KINDS[question.kind],
    asked[whenOf(question)],
    types.length > 0 && `only ${types.map(({ name }) => name).join(', ')}`,
    question.required === true && 'required',
    before !== undefined && `if “${before.label}” is ${(said ?? []).join(' or ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
