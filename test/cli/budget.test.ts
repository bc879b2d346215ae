import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetFolder } from './fleet-folder';

let fleet: FleetFolder;
beforeAll(() => {
  fleet = new FleetFolder();
});
afterAll(() => fleet.remove());

describe('budget', () => {
  it('prints a table, refuses nothing, and writes nothing', () => {
    const { status, stdout, stderr } = fleet.run(['budget']);
    expect({ status, errors: stderr.includes('error') }).toEqual({ status: 0, errors: false });
    expect(stdout).toMatch(/^memory requests +[\d.]+Gi +[\d.]+Gi +[\d.]+Gi +\d+ % +\d+ % +\d+/m);
    // Limits beyond what there is are no lack of room.
    expect(stdout).toMatch(/^memory limits +[\d.]+Gi +[\d.]+Gi +\d+ % /m);
    expect(stdout).toContain('a node may promise more than it has, up to 1000 %\n');
    expect(() => fleet.dist()).toThrow('ENOENT');
  });

  it('is data for programs', () => {
    const { stdout } = fleet.run(['budget', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ budgets: expect.arrayContaining([expect.objectContaining({ budget: 'connections', used: 105, of: 200, room: 3 })]), nodes: [{ name: 'node 1' }, {}, {}] });
  });

  it('shows by how much, and ends with 2, where the cluster is too small', () => {
    fleet.edit('main.ts', { '6Gi': '4Gi' });
    const { status, stdout, stderr } = fleet.run(['budget']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^error +main\.ts: cluster\.nodes: memory requests on node \d add up to 1\d\d/m) });
    expect(stdout).toMatch(/^memory requests .*REFUSED: node \d$/m);
  });
});
