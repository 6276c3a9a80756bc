import { type Recorder } from '../recorder';

/** Five editions of 20,000 sign-ups each; the last is open while the simulation runs, the others are over. */
export const firstYear = 2019;
export const editionCount = 5;
export const signUpsPerEdition = 20_000;

export interface SimulatedEdition {
  number: number;
  id: string;
  past: boolean;
}

const name = (text: Record<string, string>): Record<string, unknown> => ({ original: 'en', texts: text });

export async function recordSeries(record: Recorder): Promise<string> {
  return await record.record('series', 'series', {
    names: name({ en: 'Simulated trade and investment expo', zh: '模拟经贸博览会', ko: '모의 무역투자박람회' }),
    kind: 'exposition',
    synthetic: true,
    economies: ['CN', 'KR'],
  });
}

export async function recordEditions(record: Recorder, seriesId: string): Promise<SimulatedEdition[]> {
  const editions: SimulatedEdition[] = [];
  for (let number = 1; number <= editionCount; number += 1) {
    const past = number < editionCount;
    const id = await record.record('events', `edition-${number}`, edition(seriesId, number, past));
    editions.push({ number, id, past });
  }
  return editions;
}

function edition(seriesId: string, number: number, past: boolean): Record<string, unknown> {
  const year = firstYear + number - 1;
  return {
    seriesId,
    ordinal: number,
    label: String(year),
    names: name({
      en: `Simulated trade and investment expo ${year}`,
      zh: `${year}模拟经贸博览会`,
      ko: `${year} 모의 무역투자박람회`,
    }),
    kind: 'exposition',
    synthetic: true,
    economies: ['CN', 'KR', 'JP'],
    mode: 'hybrid',
    venue: { city: name({ en: 'Yancheng', zh: '盐城', ko: '옌청' }), economy: 'CN' },
    date: { edtf: String(year) },
    hosts: {
      completeness: 'illustrative',
      items: [
        { name: name({ en: 'Simulated expo office', zh: '模拟博览会办公室', ko: '모의 박람회 사무국' }), role: 'host' },
      ],
    },
    ...(past
      ? { historical: true, status: 'closed' }
      : { registrationWindow: { opens: { local: '2020-01-01T00:00', zone: 'Asia/Shanghai' }, closes: null } }),
  };
}
