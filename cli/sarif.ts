import type { Log, Result } from 'sarif';
import type { Finding } from '../core/language/finding.ts';

/** Findings as SARIF 2.1.0 (OASIS), which code scanners and forges show beside the lines. */
export function toSarif(findings: readonly Finding[]): Log {
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'zaplecze check', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(toResult),
      },
    ],
  };
}

function toResult({ file, line, column, severity, rule, message, hint, path }: Finding): Result {
  return {
    ruleId: rule,
    level: severity,
    message: { text: hint ? `${message}. ${hint}` : message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
          region: { startLine: line, startColumn: column },
        },
        logicalLocations: [{ fullyQualifiedName: path }],
      },
    ],
  };
}
