// Whose recordings the shipped priors were made from: the development part of each set, by the names that the set gives its people.
// An evaluation on these people with these priors would flatter, so it makes the priors again without them.

const people = (prefix: string, numbers: string): readonly string[] =>
  numbers
    .trim()
    .split(/\s+/)
    .map((number) => prefix + number);

/** By the name of the protocol. */
export const DEVELOPMENT_PEOPLE: Readonly<Record<string, readonly string[]>> = {
  bbmas: people(
    'bb',
    `
    001 003 004 006 007 011 012 013 014 016 019 021 022 023 031 033 034 036 037 038 039 040 043 047 048 051 053
    054 056 059 060 061 063 065 067 070 072 073 075 076 082 084 085 091 097 101 103 104 106 107 109 110 112 113
    114 115 116 117
    `,
  ),
  cmu: people(
    's',
    `
    002 003 005 007 010 015 016 018 020 025 027 029 032 034 035 037 038 042 043 044 048 051 053 055 057
    `,
  ),
  sapimouse: people(
    'sm',
    `
    001 003 004 006 007 011 012 013 014 016 018 020 021 022 030 032 033 036 037 038 039 040 043 047 048 051 053
    054 056 059 060 061 064 066 068 071 073 074 076 077 083 085 086 093 095 096 099 100 103 104 108 110 113 115
    116 117 118 119 120
    `,
  ),
};
