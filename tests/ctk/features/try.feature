Feature: Try
  Catching by type, by condition, and where the flow goes then.

  Scenario: Type is compared by its last segment
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout, status: 408 }
          catch:
            errors:
              with:
                type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    """
    And given the workflow input is:
    """yaml
    kept: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: true
    """

  Scenario: The catch's own directive overrides the task's
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:bad, status: 400 }
          catch:
            then: repair
          then: celebrate
      - celebrate:
          set: { fine: true }
          then: end
      - repair:
          set: { repaired: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    repaired: true
    """
    And celebrate should not run

  Scenario: exceptWhen lets an error pass
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:bad, status: 400 }
          catch:
            exceptWhen: $error.status == 400
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: urn:test:bad
    status: 400
    """
