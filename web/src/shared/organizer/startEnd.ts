interface StartEnd {
  startsAt: string;
  endsAt: string;
}

/** What the fields for a start and an end, both as `datetime-local` gives them, must keep. */
export const START = { required: 'Say when it starts.' };
export const END = {
  required: 'Say when it ends.',
  validate: (end: string, { startsAt }: StartEnd) =>
    end > startsAt || 'The end comes after the start.',
};
