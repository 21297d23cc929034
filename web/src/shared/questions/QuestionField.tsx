import type { Question } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import type { Place, Value } from './asked';
import { countries } from './countries';
import styles from './Questions.module.css';

export interface FieldProps {
  place: Place;
  value: Value | undefined;
  error: string | undefined;
  onChange: (value: Value) => void;
}

const TYPES: Partial<
  Record<Question['kind'], 'email' | 'url' | 'date' | 'time' | 'datetime-local'>
> = {
  email: 'email',
  url: 'url',
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
};

function hintOf({ help = '' }: Question): string | undefined {
  return help === '' ? undefined : help;
}

/** What sets the input apart that a kind of text is typed into. */
function inputOf({ kind, maximum = null }: Question) {
  const most = { short_text: 200, long_text: 5000 }[kind as string];
  return {
    type: TYPES[kind] ?? ('text' as const),
    ...(kind === 'long_text' && { rows: 3 }),
    ...(kind === 'number' && { inputMode: 'numeric' as const }),
    ...(kind === 'phone' && { autoComplete: 'tel' }),
    ...(most !== undefined && { maxLength: maximum ?? most }),
  };
}

/** A number if one was typed where one is wanted; else the text, which the server will refuse. */
function typed(question: Question, text: string): Value {
  const number = Number(text.replace(',', '.'));
  const isNumber = question.kind === 'number' && text.trim() !== '' && Number.isFinite(number);
  return isNumber ? number : text;
}

function Text({ place: { key, question }, value, error, onChange }: FieldProps) {
  return (
    <Field
      {...inputOf(question)}
      id={key}
      name={key}
      label={question.label}
      optional={question.required !== true}
      hint={hintOf(question)}
      error={error}
      defaultValue={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(change) => {
        onChange(typed(question, change.target.value));
      }}
    />
  );
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function optionsOf({ kind, options = [] }: Question) {
  if (kind === 'country') return countries();
  return kind === 'yes_no' ? YES_NO : options.map((option) => ({ value: option, label: option }));
}

function shownAs(value: Value | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : '';
}

function picked({ kind }: Question, text: string): Value {
  if (text === '') return null;
  return kind === 'yes_no' ? text === 'yes' : text;
}

function Select({ place: { key, question }, value, error, onChange }: FieldProps) {
  const hint = hintOf(question);
  return (
    <SelectField
      id={key}
      name={key}
      label={question.required === true ? question.label : `${question.label} (optional)`}
      {...(hint !== undefined && { hint })}
      error={error}
      value={shownAs(value)}
      onChange={(change) => {
        onChange(picked(question, change.target.value));
      }}
    >
      <option value="">Choose…</option>
      {optionsOf(question).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </SelectField>
  );
}

export function Mistake({ id, message }: { id: string; message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p className={styles.error} id={id}>
      <Icon name="alert" size={18} />
      {message}
    </p>
  );
}

function Several({ place: { key, question }, value, error, onChange }: FieldProps) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset className={styles.several} aria-describedby={`${key}-error`}>
      <legend>
        {question.label}
        {question.required !== true && <span className="muted"> (optional)</span>}
      </legend>
      {hintOf(question) !== undefined && <p className={styles.hint}>{question.help}</p>}
      {(question.options ?? []).map((option, number) => (
        <label key={option} className={styles.check}>
          <input
            type="checkbox"
            id={number === 0 ? key : `${key}-${String(number)}`}
            checked={chosen.includes(option)}
            onChange={({ target: { checked: isChecked } }) => {
              const others = chosen.filter((one) => one !== option);
              onChange(isChecked ? [...others, option] : others);
            }}
          />
          <span>{option}</span>
        </label>
      ))}
      <Mistake id={`${key}-error`} message={error} />
    </fieldset>
  );
}

function Consent({ place: { key, question }, value, error, onChange }: FieldProps) {
  return (
    <div>
      <label className={styles.check}>
        <input
          type="checkbox"
          id={key}
          checked={value === true}
          aria-describedby={`${key}-error`}
          onChange={({ target: { checked: isChecked } }) => {
            onChange(isChecked);
          }}
        />
        <span>
          {question.label}
          {hintOf(question) !== undefined && <span className={styles.sub}>{question.help}</span>}
        </span>
      </label>
      <Mistake id={`${key}-error`} message={error} />
    </div>
  );
}

/** One question with its input, whatever kind it is; files have a field of their own. */
export function QuestionField(props: FieldProps) {
  switch (props.place.question.kind) {
    case 'yes_no':
    case 'one_of':
    case 'country':
      return <Select {...props} />;
    case 'several_of':
      return <Several {...props} />;
    case 'consent':
      return <Consent {...props} />;
    default:
      return <Text {...props} />;
  }
}
