import { organizationIdsIn, withSurvivors } from './organization-ids';

const answer = {
  organization: { id: 'a', name: 'a' },
  parties: {
    items: [
      { organizationId: 'b', name: 'b' },
      { organizationId: null, name: 'organizationId' },
    ],
  },
  id: 'a',
  items: [{ organization: null }, { organization: 'b' }],
};

describe('the organisations in an answer', () => {
  it('are found wherever they stand', () => {
    expect(organizationIdsIn(answer)).toEqual(['a', 'b']);
    expect(organizationIdsIn(undefined)).toEqual([]);
  });

  it('are named by what stands for them, and nothing else is touched', () => {
    expect(
      withSurvivors(
        answer,
        new Map([
          ['a', 'x'],
          ['b', 'y'],
        ]),
      ),
    ).toEqual({
      ...answer,
      organization: { id: 'x', name: 'a' },
      parties: {
        items: [
          { organizationId: 'y', name: 'b' },
          { organizationId: null, name: 'organizationId' },
        ],
      },
    });
    expect(answer.organization.id).toBe('a');
  });
});
