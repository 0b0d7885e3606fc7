Feature: Run

  Scenario: Another workflow, awaited
    Given a deployed workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: test, name: double, version: '1.0.0' }
    do:
      - compute:
          set: { twice: '${ .n * 2 }' }
    """
    And a workflow with definition:
    """yaml
    do:
      - callDouble:
          run:
            workflow: { namespace: test, name: double, version: '1.0.0', input: { n: '${ .start }' } }
    """
    And given the workflow input is:
    """yaml
    start: 21
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    twice: 42
    """

  Scenario: Another workflow, not awaited, outputs the input
    Given a deployed workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: test, name: slow, version: '1.0.0' }
    do:
      - compute:
          set: { n: 1 }
    """
    And a workflow with definition:
    """yaml
    do:
      - start:
          run:
            await: false
            workflow: { namespace: test, name: slow, version: '1.0.0' }
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

  Scenario: A workflow that is not deployed
    Given a workflow with definition:
    """yaml
    do:
      - start:
          run:
            workflow: { namespace: test, name: nowhere, version: '1.0.0' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
    status: 400
    """

  Scenario: A shell command without the operator's permission
    Given a workflow with definition:
    """yaml
    do:
      - list:
          run:
            shell: { command: ls }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
    status: 403
    """

  Scenario: A script outputs what it prints
    Given a workflow with definition:
    """yaml
    do:
      - greet:
          run:
            script:
              language: js
              code: process.stdout.write(`Hello ${process.argv[2]}`)
              arguments: [ '${ .name }' ]
    """
    And given the workflow input is:
    """yaml
    name: Ewa
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    Hello Ewa
    """

  Scenario: A script outputs its code, its outputs and its errors
    Given a workflow with definition:
    """yaml
    do:
      - check:
          run:
            script:
              language: js
              code: process.stdout.write('a'); process.stderr.write('b'); process.exitCode = 2
            return: all
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    code: 2
    stdout: a
    stderr: b
    """

  Scenario: A script that is not awaited outputs the input
    Given a workflow with definition:
    """yaml
    do:
      - start:
          run:
            await: false
            script:
              language: js
              code: console.log('nobody reads this')
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

  Scenario: A script that fails is a runtime error
    Given a workflow with definition:
    """yaml
    do:
      - fail:
          run:
            script:
              language: js
              code: process.exit(3)
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/runtime
    status: 500
    """

  Scenario: A container without the operator's permission
    Given a workflow with definition:
    """yaml
    do:
      - hello:
          run:
            container: { image: hello-world }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
    status: 403
    """
