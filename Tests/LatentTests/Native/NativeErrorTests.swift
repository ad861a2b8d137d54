import Latent
import Testing

/// Every flaw of a native document gets one sentence with its place.
@Suite struct NativeErrorTests {
  static let x = "latent: 1\nvariables:\n  x: {states: [a, b]}\n"
  static let y = "  y: {states: [c, d]}\n"
  static let xy = "edges: [x -> y]\n"

  static let cases: [(text: String, message: String)] = [
    ("", "m.yaml:1:1: the file is empty; expected a model"),
    (
      "just words",
      "m.yaml:1:1: found 'just words', expected a model: a map with the keys latent, missing, variables, edges, "
        + "sequence, missingness, parameters, unseen"
    ),
    (
      "- latent: 1",
      "m.yaml:1:1: found a list, expected a model: a map with the keys latent, missing, variables, edges, "
        + "sequence, missingness, parameters, unseen"
    ),
    (
      "variables: {}",
      "m.yaml:1:1: the key 'latent' is missing; add 'latent: 1', the version of the format, at the top"
    ),
    ("latent: 2\nvariables: {}", "m.yaml:1:9: the version of the format is '2'; this program reads version 1"),
    ("latent: 1", "m.yaml:1:1: the variables are missing; list them under 'variables' with their states"),
    ("latent: 1\nvariabels: {}", "m.yaml:2:1: unknown key 'variabels'; did you mean 'variables'?"),
    (
      "latent: 1\nvariables: [x]",
      "m.yaml:2:12: found a list, expected a map of variables such as 'rain: {states: [no, yes]}'"
    ),
    (
      "latent: 1\nvariables: {x: [a, b]}",
      "m.yaml:2:16: found a list, expected variable x: a map with the keys states, cuts, missing, latent, initial, fixed, "
        + "type, columns, covariance"
    ),
    ("latent: 1\nvariables: {x: {state: [a, b]}}", "m.yaml:2:17: unknown key 'state'; did you mean 'states'?"),
    (
      "latent: 1\nsequences: {}",
      "m.yaml:2:1: unknown key 'sequences'; did you mean 'sequence'?"
    ),
    (
      "latent: 1\nmissing: -9\nvariables: {}",
      "m.yaml:2:10: found '-9', expected a list of texts that stand for a missing cell, such as [-9, 99]"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a], missing: [[b]]}}",
      "m.yaml:2:40: found a list, expected a text that stands for a missing cell"
    ),
    (
      "latent: 1\nvariables: {x: {cuts: 7}}",
      "m.yaml:2:23: found '7', expected a list of numbers such as [7.4, 9.7]"
    ),
    ("latent: 1\nvariables: {x: {cuts: [a]}}", "m.yaml:2:24: found 'a', expected a number that cuts x"),
    (
      "latent: 1\nvariables: {x: {cuts: [2, 1]}}",
      "m.yaml:2:23: variable x: the cut 1.0 follows 2.0; cuts rise, each is greater than the one before"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, b], cuts: [1, 2]}}",
      "m.yaml:2:33: 2 cuts make 3 intervals, and x has 2 states; make the two agree, or leave 'states' out"
    ),
    (
      "latent: 1\nvariables: {x: {states: [\"(-inf, 1]\", \"(1, inf)\"], cuts: [2]}}",
      "m.yaml:2:17: the state '(-inf, 1]' of x stands where the cuts make (-inf, 2]; correct one of the two, or leave "
        + "'states' out"
    ),
    (
      "latent: 1\nvariables: {x: {type: gaussian, cuts: [1]}}",
      "m.yaml:2:33: variable x has cuts and a type; remove 'type', as cuts make states"
    ),
    ("latent: 1\nvariables: {x: {states: a}}", "m.yaml:2:25: found 'a', expected the list of states of x"),
    ("latent: 1\nvariables: {x: {latent: true}}", "m.yaml:2:16: variable x has no states; add 'states: [a, b]'"),
    (
      "latent: 1\nvariables: {x: {states: [a, [b]]}}",
      "m.yaml:2:29: found a list, expected a state of x; quote it if need be"
    ),
    (
      "latent: 1\nvariables: {x: {states: [a, a]}}",
      "m.yaml:2:13: variable x lists the state 'a' twice; states must differ"
    ),
    ("latent: 1\nvariables: {x: {states: []}}", "m.yaml:2:13: variable x has no states; list at least one"),
    (
      "latent: 1\nvariables: {x: {states: [a], latent: yes}}",
      "m.yaml:2:38: found 'yes', expected true or false for 'latent'"
    ),
    (x + "  x: {states: [a, b]}\n", "m.yaml:3:3: the key 'x' is there twice in one map; remove one of the two"),
    (
      "latent: 1\nvariables:\n  r: {type: poisson, latent: true}\n",
      "m.yaml:3:22: variable r has numbers and cannot be latent; give it states, or remove it"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: discrete}\n",
      "m.yaml:3:13: variable r is of type 'discrete'; expected gaussian or poisson, or 'states' instead of a "
        + "type"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian, states: [a]}\n",
      "m.yaml:3:7: variable r has states and a type; remove one of the two"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian, latent: true}\n",
      "m.yaml:3:23: variable r has numbers and cannot be latent; give it states, or remove it"
    ),
    (
      x + "  r: {type: gaussian}\nedges: [r -> x]\n",
      "m.yaml:5:1: r has numbers and cannot be a parent of x; turn the edge around, or give r states"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian}\nparameters:\n  r: {mean: 0, variance: 0}\n",
      "m.yaml:5:6: the variance of r is 0.0, which is not a finite number above 0; correct it"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian}\nparameters:\n  r: {mean: 0}\n",
      "m.yaml:5:6: the parameters of r have no variance; write {mean: 0, variance: 1}"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian}\nparameters:\n  r: {mean: x, variance: 1}\n",
      "m.yaml:5:13: found 'x', expected a number for 'mean'"
    ),
    (
      "latent: 1\nvariables:\n  r: {type: gaussian}\nparameters:\n  r: {mean: 0, variance: 1, sd: 1}\n",
      "m.yaml:5:29: unknown key 'sd'; the parameters of r has the keys mean, variance"
    ),
    (
      "latent: 1\nvariables:\n  r: {columns: [a, b]}\n",
      "m.yaml:3:6: the block r has no type; add 'type: gaussian'"
    ),
    (
      x + "sequence: {by: x}",
      "m.yaml:4:16: the column x is a variable of the model and cannot also make sequences; name a column of its own"
    ),
    (x + "edges: x -> y", "m.yaml:4:8: found 'x -> y', expected a list of edges such as '- a -> b'"),
    (x + "edges: [x -> y]", "m.yaml:4:9: 'y' is not a variable; add it under 'variables'"),
    (x + y + "edges: [x]", "m.yaml:5:9: 'x' is not an edge; write 'parent -> child'"),
    (x + y + "edges: [x -> ]", "m.yaml:5:9: an edge lacks a name; write 'parent -> child'"),
    (x + y + "edges: ['x -> [y']", "m.yaml:5:9: the list of an edge is not closed; expected ']'"),
    (x + y + "edges: ['x -> \"y']", "m.yaml:5:9: a quote in an edge is not closed; expected \""),
    (
      x + y + "edges: ['\"x\" y -> y']",
      "m.yaml:5:9: found 'y -> y' in the edge '\"x\" y -> y', expected '->' or its end"
    ),
    (
      x + y + "edges: ['x[t-1] -> y']",
      "m.yaml:5:1: the edge x[t-1] -> y joins two variables; this version learns chains in which a variable depends on its "
        + "own previous step, as in a[t-1] -> a"
    ),
    (
      x + "edges: ['x[t-2] -> x']",
      "m.yaml:4:9: found x[t-2] in an edge; a variable can depend on the previous step only, x[t-1]"
    ),
    (
      x + "edges: ['x -> x[t-1]']",
      "m.yaml:4:9: x[t-1] stands for a parent; name a variable of the same step behind '->'"
    ),
    (x + y + "edges: [x -> y, x -> y]", "m.yaml:5:17: the edge x -> y is there twice; list it once"),
    (x + y + "edges:\n- x -> *\n- x -> y", "m.yaml:7:3: the edge x -> y is there twice; list it once"),
    (x + y + "edges: [x -> y -> x]", "m.yaml:5:1: the edges form a cycle: y -> x -> y; remove one of them"),
    (x + y + "edges: ['* -> x']", "m.yaml:5:9: '*' stands for children; name the parent before '->'"),
    (x + y + "edges: [[x, y]]", "m.yaml:5:9: found a list, expected an edge such as 'a -> b'; quote it in a list"),
    (x + "parameters: [0.5, 0.5]", "m.yaml:4:13: found a list, expected a map from variables to their parameters"),
    (x + "parameters: {z: [0.5, 0.5]}", "m.yaml:4:14: 'z' is not a variable; add it under 'variables'"),
    (
      x + "parameters: {x: 0.5}",
      "m.yaml:4:17: found '0.5' in the parameters of x, expected a list of 2 probabilities, one for each state"
    ),
    (
      x + "parameters: {x: [0.5, 0.25, 0.25]}",
      "m.yaml:4:17: this row of x has 3 probabilities; expected 2, one for each of a, b"
    ),
    (x + "parameters: {x: [0.5, half]}", "m.yaml:4:23: found 'half', expected a probability"),
    (x + "parameters: {x: [0.5, \"0.5\"]}", "m.yaml:4:23: found \"0.5\", expected a probability"),
    (x + "parameters: {x: [1.5, -0.5]}", "m.yaml:4:23: '-0.5' is negative; a probability lies between 0 and 1"),
    (x + "parameters: {x: [0.5, 0.6]}", "m.yaml:4:17: the probabilities of x sum to 1.1, not to 1; correct them"),
    (x + "parameters: {x: [1e999, 0]}", "m.yaml:4:17: inf is not a probability; expected a number between 0 and 1"),
    (
      x + y + xy + "parameters: {y: [0.5, 0.5]}",
      "m.yaml:6:17: found a list in the parameters of y, expected a map keyed by the states of its parent x (a, b)"
    ),
    (
      x + y + xy + "parameters:\n  y: {a: [0.5, 0.5], e: [0.5, 0.5]}",
      "m.yaml:7:22: 'e' is not a state of x, a parent of y; expected one of a, b"
    ),
    (
      x + y + xy + "parameters:\n  y: {a: [0.5, 0.5]}",
      "m.yaml:7:6: the parameters of y have no row for x=b; give all rows of a variable or none"
    ),
    (
      x + y + xy + "parameters:\n  y: {a: [0.5, 0.5], \"a\": [0.5, 0.5]}",
      "m.yaml:7:7: the key 'a' is there twice in one map; remove one of the two"
    ),
    (x + "edges: &e []\n", "m.yaml:4:8: anchors and aliases are not read; write the value out, or quote it"),
    (x + "edges: *e\n", "m.yaml:4:8: anchors and aliases are not read; write the value out, or quote it"),
    (
      x + "edges: [",
      "m.yaml:5:1: this is not YAML: did not find expected node content; check the indentation, and quote names "
        + "that have punctuation"
    ),
    (
      "é: \"\ttab\": 3",
      "m.yaml:1:11: this is not YAML: mapping values are not allowed in this context; check the indentation, "
        + "and quote names that have punctuation"
    ),
    ("latent: 1\n? [a]\n: 1\n", "m.yaml:2:3: a key must be a name; quote it if it has brackets"),
    ("latent: 1\n---\nlatent: 1\n", "m.yaml:2:1: a second document begins here; a model file holds one"),
  ]

  @Test(arguments: cases) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml") }
    #expect(error?.description == message)
  }

  static let jsonCases: [(text: String, message: String)] = [
    ("", "m.json:1:1: the file ends where a value was expected; is it complete?"),
    ("{\"latent\": 1", "m.json:1:13: the file ends where ',' or '}' was expected; is it complete?"),
    ("{\"latent\": 1,}", "m.json:1:14: found '}', expected a key in double quotes"),
    ("{latent: 1}", "m.json:1:2: found 'latent', expected a key in double quotes"),
    ("{\"latent\" 1}", "m.json:1:11: found '1', expected ':' after the key 'latent'"),
    ("{\"latent\": one}", "m.json:1:12: found 'one', expected a value"),
    ("{\"latent\": 1} x", "m.json:1:15: found 'x', expected the end of the file"),
    (
      "{\"latent\": 1,\n\"latent\": 1}",
      "m.json:2:1: the key 'latent' is there twice in one map; remove one of the two"
    ),
    (
      "{\"latent\": 1, \"variables\": {\"x\": {\"states\": [\"a\", \"\\x\"]}}}",
      "m.json:1:52: '\\' begins an unknown escape; write '\\\\' for the character itself"
    ),
    (
      "{\"latent\": 1, \"variables\": {\"x\": {\"states\": [\"a\", \"\\uD83D\"]}}}",
      "m.json:1:52: '\\u' needs four hexadecimal digits, and pairs of surrogates together"
    ),
    (
      "{\"latent\": 1, \"variables\": {\"x\": {\"states\": [\"a\", \"\n\"]}}}",
      "m.json:1:52: a text in quotes holds a control character; write it as \\u000a"
    ),
    ("{\"latent\": 1, \"variables\": {\"x", "m.json:1:29: the quote that opens here is not closed; expected '\"'"),
    (
      "{\"latent\": 1, \"variables\": {\"x\": {\"states\": [\"a\"]}}, \"parameters\": {\"x\": [\"1\"]}}",
      "m.json:1:75: found \"1\", expected a probability"
    ),
  ]

  @Test(arguments: jsonCases) func saysOfJSON(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.json.parse(Array(text.utf8), file: "m.json") }
    #expect(error?.description == message)
  }

  @Test(arguments: ["[", "{\"a\":", "[[{\"a\": [", "- ", "? ", "- ? ", "\u{85}- "])
  func refusesBottomlessNesting(opening: String) {
    let text = Array(String(repeating: opening, count: 100_000).utf8)
    for format in [ModelFormat.yaml, .json] {
      #expect(throws: FileError.self) { try format.parse(text, file: "deep") }
    }
  }

  @Test func refusesDeepIndentation() {
    let text = (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    let error = #expect(throws: FileError.self) { try ModelFormat.yaml.parse(Array(text.utf8), file: "deep") }
    #expect(
      error?.description
        == "deep:202:201: lists and maps are nested more than 200 deep; no model needs that")
  }

  @Test func refusesExponentialAliases() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1..<40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let error = #expect(throws: FileError.self) { try ModelFormat.yaml.parse(Array(text.utf8), file: "bomb") }
    #expect(
      error?.description == "bomb:1:5: anchors and aliases are not read; write the value out, or quote it")
  }
}
