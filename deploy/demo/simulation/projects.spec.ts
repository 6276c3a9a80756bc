import { projectCount, simulatedProjects, totalInvestmentCny } from './projects';

describe('the simulated projects', () => {
  const projects = simulatedProjects();
  const amounts = projects.map((project) => BigInt(project.investment.value));

  it('are 191 and add up to exactly CNY 270,000,000,000', () => {
    expect(projects).toHaveLength(projectCount);
    expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(totalInvestmentCny);
  });

  it('each invest a positive amount', () => {
    expect(amounts.every((amount) => amount > 0n)).toBe(true);
  });
});
