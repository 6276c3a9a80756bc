export const openApi = {
  title: 'expo-accord agreements',
  description:
    'Agreements, projects, outcome documents and commitments, with the statistics computed from them. ' +
    'Nothing is announced before it is agreed; what is entered as history says so.',
};
