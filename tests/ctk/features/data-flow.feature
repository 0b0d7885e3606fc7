Feature: Data flow and expressions

  Scenario: A skipped task passes its raw input on
    Given a workflow with definition:
    """yaml
    do:
      - maybe:
          if: .wanted
          set: { done: true }
    """
    And given the workflow input is:
    """yaml
    wanted: false
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    wanted: false
    """
    And maybe should not run

  Scenario: Exported context is there for later tasks
    Given a workflow with definition:
    """yaml
    do:
      - first:
          set: { a: 1 }
          export: { as: '$context + .' }
      - second:
          set: { b: 2 }
      - third:
          set: { a: '${ $context.a }', b: '${ .b }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    b: 2
    """

  Scenario: The workflow's raw input stays available
    Given a workflow with definition:
    """yaml
    input: { from: .order }
    do:
      - look:
          set: { order: '${ . }', raw: '${ $workflow.input }' }
    """
    And given the workflow input is:
    """yaml
    order: 7
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    order: 7
    raw: { order: 7 }
    """

  Scenario: An expression that fails
    Given a workflow with definition:
    """yaml
    do:
      - compute:
          set: { n: '${ .text + 1 }' }
    """
    And given the workflow input is:
    """yaml
    text: one
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/compute
    """

  Scenario: Loose mode keeps what is no expression
    Given a workflow with definition:
    """yaml
    evaluate: { mode: loose }
    do:
      - mix:
          set: { n: .n, words: plain words }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    words: plain words
    """

  Scenario: A secret that is not declared
    Given a workflow with definition:
    """yaml
    do:
      - peek:
          set: { pin: '${ $secrets.pin }' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
    status: 403
    """
