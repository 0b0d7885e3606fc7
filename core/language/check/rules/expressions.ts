import { type Finding, pointer } from '../../finding.ts';
import { suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import { type Expression, expressionsOf } from '../expressions.ts';
import { checkProgram } from '../jq.ts';

/** Runtime expression arguments that are there everywhere (DSL "Runtime expression arguments"). */
const ARGUMENTS = ['context', 'input', 'output', 'secrets', 'authorization', 'task', 'workflow', 'runtime'];

/** jq programs that do not compile, variables that nothing gives, secrets that the definition does not declare. */
export function checkExpressions(context: Context): Finding[] {
  const secrets = context.loaded.definition.use?.secrets ?? [];
  return expressionsOf(context).flatMap((expression) => {
    const checked = checkProgram(expression.program, [...ARGUMENTS, ...expression.variables]);
    if (checked.fault) {
      const { offset, message, hint } = checked.fault;
      return [tellInside(context, expression, offset, 'expression/jq', lowerFirst(message), hint)];
    }
    return checked.secrets
      .filter(({ member }) => !secrets.includes(member))
      .map(({ member, at }) => {
        const message = `the secret "${member}" is not declared`;
        const hint = suggestion(member, secrets) ?? `declare it: use: { secrets: [${member}] }`;
        return tellInside(context, expression, at, 'reference/secret', message, hint);
      });
  });
}

/** Only jq is evaluated. */
export function checkLanguage(context: Context): Finding[] {
  const language = context.loaded.definition.evaluate?.language;
  if (language === undefined || language === 'jq') return [];
  const message = `expressions in "${language}" are not supported`;
  return [
    tellAt(context, ['evaluate', 'language'], { rule: 'expression/language', message, hint: 'write them in jq' }),
  ];
}

/** A finding at an offset of the program, as exactly as the way it is written in YAML allows. */
function tellInside(
  context: Context,
  expression: Expression,
  offset: number,
  rule: string,
  message: string,
  hint: string,
): Finding {
  const finding = tellAt(context, expression.path, { rule, message, hint });
  const inText = expression.text.indexOf(expression.program) + offset;
  return { ...finding, ...context.loaded.source.locateIn(pointer(expression.path), expression.text, inText) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
