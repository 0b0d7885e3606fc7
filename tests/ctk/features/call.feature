Feature: Call

  Scenario: A problem during a call is an error of type communication
    Given a workflow with definition:
    """yaml
    do:
      - ask:
          call: http
          with: { method: get, endpoint: 'https://httpbin.org/status/418' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/communication
    status: 418
    """

  Scenario: A redirection is an error unless the call takes it
    Given a workflow with definition:
    """yaml
    do:
      - ask:
          call: http
          with: { method: get, endpoint: 'https://httpbin.org/status/302' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/communication
    status: 302
    """

  Scenario: A redirection is an answer where the call takes it
    Given a workflow with definition:
    """yaml
    do:
      - ask:
          call: http
          with: { method: get, endpoint: 'https://httpbin.org/status/302', redirect: true, output: response }
          output: { as: .statusCode }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    302
    """

  Scenario: Authentication by name, whose parts expressions can read
    Given a workflow with definition:
    """yaml
    use:
      authentications:
        house: { basic: { username: '${ .user }', password: secret } }
    do:
      - ask:
          call: http
          with:
            method: get
            endpoint: { uri: 'https://httpbin.org/basic-auth/ewa/secret', authentication: { use: house } }
          output:
            as: '{ user: .user, scheme: $authorization.scheme }'
    """
    And given the workflow input is:
    """yaml
    user: ewa
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    user: ewa
    scheme: Basic
    """

  Scenario: A secret that does not exist
    Given a workflow with definition:
    """yaml
    use:
      secrets: [ missing ]
    do:
      - ask:
          call: http
          with:
            method: get
            endpoint: { uri: 'https://httpbin.org/basic-auth/a/b', authentication: { basic: { use: missing } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
    status: 403
    """

  Scenario: An MCP call initialises first, and outputs the result
    Given a workflow with definition:
    """yaml
    do:
      - add:
          call: mcp
          with:
            method: tools/call
            parameters: { name: add, arguments: { a: '${ .a }', b: 2 } }
            transport: { http: { endpoint: 'https://tools.example/mcp' } }
          output: { as: '.content[0].text' }
    """
    And given the workflow input is:
    """yaml
    a: 40
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    '42'
    """

  Scenario: An MCP call that fails is an error of type runtime
    Given a workflow with definition:
    """yaml
    do:
      - add:
          call: mcp
          with:
            method: tools/call
            parameters: { name: nothing }
            transport: { http: { endpoint: 'https://tools.example/mcp' } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/runtime
    status: 500
    """

  Scenario: An A2A message gets its role and outputs the result
    Given a workflow with definition:
    """yaml
    do:
      - report:
          call: a2a
          with:
            method: message/send
            server: https://agent.example/
            parameters: { message: { messageId: '1', parts: [ { kind: text, text: Hello } ] } }
          output: { as: '.message | { role, messageId }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    role: user
    messageId: '1'
    """

  Scenario: An A2A call that fails is an error of type runtime
    Given a workflow with definition:
    """yaml
    do:
      - look:
          call: a2a
          with:
            method: tasks/get
            server: https://agent.example/
            parameters: { id: '7' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/runtime
    status: 500
    """

  Scenario: A stream of an A2A agent is the list of its results
    Given a workflow with definition:
    """yaml
    do:
      - talk:
          call: a2a
          with:
            method: message/stream
            server: https://agent.example/
            parameters: { message: { parts: [] } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - { n: 1 }
    - { n: 2 }
    """

  Scenario: An AsyncAPI message is published to its channel
    Given a workflow with definition:
    """yaml
    do:
      - greet:
          call: asyncapi
          with:
            document: { endpoint: 'https://events.example/asyncapi.json' }
            operation: greet
            message: { payload: { greetings: '${ .text }' }, headers: { foo: bar } }
    """
    And given the workflow input is:
    """yaml
    text: Hello
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    payload: { greetings: Hello }
    foo: bar
    """

  Scenario: An AsyncAPI subscription outputs the messages it consumed, in their order, transformed by foreach
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          call: asyncapi
          with:
            document: { endpoint: 'https://events.example/asyncapi.json' }
            operation: numbers
            subscription:
              filter: ${ .payload.n % 2 == 1 }
              consume: { amount: 2 }
              foreach:
                item: message
                do:
                  - double:
                      set: { twice: '${ $message.payload.n * 2 }' }
                output: { as: .twice }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 2, 6 ]
    """
