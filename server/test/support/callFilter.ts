import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './RootStart.ts';

const ruleSchema = z.strictObject({
  names: z.array(z.string()).min(1),
  action: z.literal('SCMP_ACT_ALLOW'),
  args: z
    .tuple([
      z.strictObject({
        index: z.literal(0),
        value: z.int(),
        valueTwo: z.literal(0).optional(),
        op: z.enum(['SCMP_CMP_EQ', 'SCMP_CMP_MASKED_EQ']),
      }),
    ])
    .optional(),
});
const profileSchema = z.strictObject({
  defaultAction: z.literal('SCMP_ACT_ERRNO'),
  defaultErrnoRet: z.literal(38),
  archMap: z.array(z.strictObject({ architecture: z.string(), subArchitectures: z.tuple([]) })),
  syscalls: z.array(ruleSchema),
});

/** The profile of docker-compose.yml, as far as an engine of containers knows its form. */
export const readProfile = () =>
  profileSchema.parse(JSON.parse(readFileSync(join(root, 'deploy/seccomp.json'), 'utf8')));

/** Numbers of system calls on this machine, by the headers of its compiler. */
function numbers(): ReadonlyMap<string, number> {
  const { stdout } = spawnSync('gcc', ['-E', '-dM', '-include', 'asm/unistd.h', '-x', 'c', '/dev/null'], {
    encoding: 'utf8',
  });
  const found = [...stdout.matchAll(/^#define __NR_(\w+) (\d+)$/gm)];
  return new Map(found.map(([, name = '', number]) => [name, Number(number)]));
}

const [LOAD, EQUAL, HAS, RETURN] = [0x20, 0x15, 0x45, 0x06];
const [ALLOW, REFUSE] = [0x7fff_0000, 0x0005_0000];
const [NUMBER, FIRST_ARGUMENT] = [0, 16];

/** The profile as the program that the kernel runs for each call (classic BPF), for `setpriv --seccomp-filter`. */
export function compileProfile(): Buffer {
  const { syscalls, defaultErrnoRet } = readProfile();
  const known = numbers();
  const steps: [code: number, jt: number, jf: number, k: number][] = [[LOAD, 0, 0, NUMBER]];
  for (const { names, args } of syscalls)
    for (const name of names) {
      const number = known.get(name);
      if (number === undefined) continue; // another architecture has it
      if (args === undefined) {
        steps.push([EQUAL, 0, 1, number], [RETURN, 0, 0, ALLOW]);
        continue;
      }
      const [{ value, op }] = args;
      // Either the argument has none of the bits, or it is that value.
      const test = op === 'SCMP_CMP_EQ' ? ([EQUAL, 0, 1, value] as const) : ([HAS, 1, 0, value] as const);
      steps.push(
        [EQUAL, 0, 4, number],
        [LOAD, 0, 0, FIRST_ARGUMENT],
        [...test],
        [RETURN, 0, 0, ALLOW],
        [LOAD, 0, 0, NUMBER],
      );
    }
  steps.push([RETURN, 0, 0, REFUSE | defaultErrnoRet]);
  const program = Buffer.alloc(steps.length * 8);
  steps.forEach(([code, jt, jf, k], i) => {
    program.writeUInt16LE(code, i * 8);
    program.writeUInt8(jt, i * 8 + 2);
    program.writeUInt8(jf, i * 8 + 3);
    program.writeUInt32LE(k, i * 8 + 4);
  });
  return program;
}
