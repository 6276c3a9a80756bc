/** 191 projects whose investments differ from one another and add up to exactly CNY 270,000,000,000. */
export const projectCount = 191;
export const totalInvestmentCny = 270_000_000_000n;

const industries = [
  'automobiles',
  'newEnergyEquipment',
  'electronicInformation',
  'smartManufacturing',
  'modernServices',
];

export interface SimulatedProject {
  externalRefs: { system: string; id: string }[];
  names: { original: string; texts: Record<string, string> };
  industry: string;
  economies: string[];
  investment: { qualifier: 'exact'; value: string; currency: 'CNY' };
}

export function simulatedProjects(): SimulatedProject[] {
  let left = totalInvestmentCny;
  return Array.from({ length: projectCount }, (_, index) => {
    const isLast = index === projectCount - 1;
    const amount = isLast
      ? left
      : 900_000_000n + BigInt((index * 7_919) % 1_000) * 1_000_000n + BigInt(index) * 12_345n;
    left -= amount;
    return simulatedProject(index, amount);
  });
}

function simulatedProject(index: number, amount: bigint): SimulatedProject {
  return {
    externalRefs: [{ system: 'simulation', id: `project-${index + 1}` }],
    names: {
      original: 'zh',
      texts: { zh: `模拟项目${index + 1}号`, ko: `모의 사업 ${index + 1}호`, en: `Simulated project ${index + 1}` },
    },
    industry: industries[index % industries.length] ?? '',
    economies: ['CN', 'KR'],
    investment: { qualifier: 'exact', value: amount.toString(), currency: 'CNY' },
  };
}
