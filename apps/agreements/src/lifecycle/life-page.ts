import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementActs, agreementSteps } from '../agreements/agreement.rules';
import { projectSteps } from '../projects/project.rules';
import { type Step } from './lifecycle.rules';

type Table = Readonly<Record<string, readonly Step<string, never>[]>>;

const introduction = `# How agreements and projects live

Drawn from the tables that the service goes by (\`agreements/agreement.rules.ts\`, \`projects/project.rules.ts\`);
\`npm run docs:life\` draws it anew. Any other step is refused with 409, which names those possible, and writes nothing.
What is history already is entered at any status.
`;

/** The page as it is kept in apps/agreements/LIFE.md. */
export function lifePage(): string {
  return [
    introduction,
    '## An agreement\n',
    diagram(agreementSteps, 'draft'),
    'These leave its status as it is:\n',
    list(agreementActs),
    '## A project\n',
    diagram(projectSteps, 'announced'),
  ].join('\n');
}

/** A Mermaid state diagram, one arrow for each way of each step. */
function diagram(steps: Table, first: string): string {
  const arrows = Object.entries(steps).flatMap(([action, ways]) =>
    ways.flatMap(({ from, to, when }) => from.map((status) => ({ from: status, to: to ?? status, action, when }))),
  );
  const lines = arrows.map(
    ({ from, to, action, when }) => `${from} --> ${to}: ${action}${when ? ` (${when.says})` : ''}`,
  );
  const left = new Set(arrows.map(({ from }) => from));
  const ends = [...new Set(arrows.map(({ to }) => to))].filter((status) => !left.has(status));
  const drawn = [`[*] --> ${first}`, ...lines, ...ends.map((status) => `${status} --> [*]`)];
  return ['```mermaid', 'stateDiagram-v2', ...drawn.map((line) => `  ${line}`), '```', ''].join('\n');
}

function list(acts: Table): string {
  const lines = Object.entries(acts).map(([act, ways]) => {
    const places = ways.map(({ from, when }) => `${from.join(', ')}${when ? ` (${when.says})` : ''}`);
    return `- \`${act}\` at ${places.join('; ')}`;
  });
  return `${lines.join('\n')}\n`;
}

/** `npm run docs:life`, from the repository's root. */
if (require.main === module) writeFileSync(join('apps', 'agreements', 'LIFE.md'), lifePage());
