import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Background, type Scenario as GherkinScenario } from '@cucumber/messages';

export type Step = { text: string; document: string | undefined };
export type Scenario = { feature: string; name: string; steps: Step[] };

/** Scenarios of a Gherkin feature, each with the steps of its background before its own. */
export function parseFeature(text: string): Scenario[] {
  const parser = new Parser(new AstBuilder(IdGenerator.uuid()), new GherkinClassicTokenMatcher());
  const { feature } = parser.parse(text);
  const children = feature?.children ?? [];
  const background = children.flatMap((child) => (child.background ? stepsOf(child.background) : []));
  return children.flatMap(({ scenario }) =>
    scenario
      ? [{ feature: feature?.name ?? '', name: scenario.name, steps: [...background, ...stepsOf(scenario)] }]
      : [],
  );
}

function stepsOf({ steps }: GherkinScenario | Background): Step[] {
  return steps.map(({ text, docString }) => ({ text, document: docString?.content }));
}
