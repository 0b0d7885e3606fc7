Feature: Schemas and expressions
  Sentences of the prose with "must" about data.

  Scenario: The raw input of the workflow is validated before it is transformed
    Given a workflow with definition:
    """yaml
    input: { schema: { document: { type: object, required: [name] } }, from: "{ greeting: .name }" }
    do:
      - pass: { set: "${ . }" }
    """
    And the workflow input is:
    """yaml
    greeting: hello
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    """

  Scenario: The output of a task is validated after it is transformed
    Given a workflow with definition:
    """yaml
    do:
      - make:
          set: { n: 1 }
          output: { as: .n, schema: { document: { type: string } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: validation
    status: 400
    instance: /do/0/make
    """

  Scenario: What a task exports is validated
    Given a workflow with definition:
    """yaml
    do:
      - make:
          set: { n: 1 }
          export: { as: "{ n: .n }", schema: { document: { required: [m] } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: validation
    instance: /do/0/make
    """

  Scenario: Expressions within data are data
    Given a workflow with definition:
    """yaml
    do:
      - pass: { set: { name: "${ .name }", whole: "${ . }" } }
    """
    And the workflow input is:
    """yaml
    name: "${ 1 + 1 }"
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    name: "${ 1 + 1 }"
    whole: { name: "${ 1 + 1 }" }
    """

  Scenario: An error names the component that it comes from
    Given a workflow with definition:
    """yaml
    do:
      - outer: { do: [{ inner: { raise: { error: { type: urn:test:odd, status: 418 } } } }] }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 418
    instance: /do/0/outer/do/0/inner
    """

  Scenario: A timeout interrupts what is inside, at once
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - outer: { do: [{ inner: { wait: PT1H } }, { never: { set: never } }], timeout: { after: { milliseconds: 20 } } }
          catch:
            errors: { with: { type: "https://open-workflow-specification.org/spec/1.0.0/errors/timeout", status: 408 } }
            do: [{ tell: { set: "${ $error.status }" } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    408
    """
    And never should not run
