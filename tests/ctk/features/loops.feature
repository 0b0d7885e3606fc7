Feature: Loops and branches
  What the conformance kit does not cover of for, fork and switch.

  Scenario: A loop names its item and its index
    Given a workflow with definition:
    """yaml
    do:
      - loop:
          for: { each: row, at: place, in: .rows }
          do:
            - note: { set: { rows: "${ $input.rows // .rows }", seen: "${ (.seen // []) + [$row + ($place | tostring)] }" } }
    """
    And the workflow input is:
    """yaml
    rows: [a, b]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    rows: [a, b]
    seen: [a0, b1]
    """

  Scenario: A loop whose condition does not hold any more ends
    Given a workflow with definition:
    """yaml
    do:
      - loop:
          for: { in: "[1, 2, 3, 4]" }
          while: ". < 3"
          do:
            - add: { set: "${ . + $item }" }
    """
    And the workflow input is:
    """yaml
    0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    3
    """
    And add should run 2 times

  Scenario: A list in the definition itself
    Given a workflow with definition:
    """yaml
    do:
      - loop:
          for: { in: [a, "${ .b }"] }
          do:
            - add: { set: { b: "${ .b + $item }" } }
    """
    And the workflow input is:
    """yaml
    b: x
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    b: xax
    """

  Scenario: Branches that compete: the first ends the others
    Given a workflow with definition:
    """yaml
    do:
      - race:
          fork:
            compete: true
            branches:
              - slow: { do: [{ rest: { wait: PT1H } }, { late: { set: late } }] }
              - quick: { set: { won: quick } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    won: quick
    """

  Scenario: Branches side by side output a list in their order
    Given a workflow with definition:
    """yaml
    do:
      - both:
          fork:
            branches:
              - slow: { do: [{ rest: { wait: { milliseconds: 50 } } }, { one: { set: { n: 1 } } }] }
              - quick: { set: { n: 2 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [{ n: 1 }, { n: 2 }]
    """

  Scenario: The case without a condition counts when no other does, wherever it stands
    Given a workflow with definition:
    """yaml
    do:
      - choose:
          switch:
            - otherwise: { then: small }
            - large: { when: .n > 10, then: big }
      - big: { set: { size: big }, then: end }
      - small: { set: { size: small } }
    """
    And the workflow input is:
    """yaml
    n: 11
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    size: big
    """
    And small should not run
