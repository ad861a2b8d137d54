import Latent
import Testing

/// Indicators of missing cells as part of a model, in memory and in files.
@Suite struct IndicatorModelTests {
  static let text = """
    latent: 1
    variables:
      bloc: {states: ["1", "2"], latent: true}
      age: {states: [young, old]}
      my income: {states: [low, high]}
      w: {type: gaussian, columns: [rain, wind], covariance: full}
    edges:
      - bloc -> *
    missingness:
      my income: {depends_on: [bloc, my income]}
      rain: {depends_on: [m_my income, age], fixed: true}
      age: {depends_on: []}
    parameters:
      m_rain:
        observed:
          young: [0.9, 0.1]
          old: [0.5, 0.5]
        missing:
          young: [1.0, 0.0]
          old: [0.25, 0.75]
      m_age: [0.75, 0.25]
    unseen:
      m_rain:
        - [missing, young]

    """

  private func model(_ text: String = text) throws -> Model {
    try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
  }

  @Test func filesComeBack() throws {
    let model = try model()
    #expect(model.schema.variables.suffix(3).map(\.name) == ["m_my income", "m_rain", "m_age"])
    #expect(model.indicators.map(\.variable).map { model.schema[$0].name } == ["my income", "rain", "age"])
    #expect(
      model.mechanisms == [
        MissingnessMechanism("my income", dependsOn: ["bloc", "my income"]),
        MissingnessMechanism("rain", dependsOn: ["m_my income", "age"]), MissingnessMechanism("age"),
      ])
    #expect(try ModelFormat.yaml.text(of: model).text == Self.text)
    let json = try ModelFormat.json.text(of: model).text
    #expect(try ModelFormat.json.parse(Array(json.utf8), file: "m.json").model == model)
  }

  @Test func indicatorsComeAndGo() throws {
    let model = try model()
    let data = model.withoutIndicators
    #expect(data.schema.count == 5 && data.indicators.isEmpty && data.withoutIndicators == data)
    var again = try data.withIndicators(model.mechanisms)
    #expect(again.structure == model.structure && again.codebook == model.codebook)
    again.codebook = Codebook(missing: ["-9"])
    #expect(again.indicators == model.indicators && again.codebook.missing == ["-9"])
  }

  @Test func tablesRecordWhatIsMissing() throws {
    let model = try model()
    let table = try Table(
      ["age": ["old", nil], "my income": [nil, "low"], "rain": [1.5, nil], "wind": [2, 3]], for: model)
    let names = ["m_my income", "m_rain", "m_age"]
    #expect(try names.map { table.codes(of: try #require(model.schema[$0])) } == [[1, 0], [0, 1], [0, 1]])
    let partial = try Table(["age": ["old", nil]], for: model)
    #expect(partial.isUnobserved(try #require(model.schema["m_rain"])))
  }

  @Test func otherFormatsNoteTheLoss() throws {
    let model = try Model(
      variables: ["a": ["n", "y"]], parameters: ["a": [0.5, 0.5]]
    ).withIndicators([MissingnessMechanism("a")])
    var network = model
    network.parameters[1] = [0.75, 0.25]
    #expect(
      try ModelFormat.bif.text(of: network).notes
        == ["BIF cannot say that variables tell of missing cells: m_a; there they are variables like others"])
  }

  static let head = """
    latent: 1
    variables:
      c: {states: [a, b], latent: true}
      x: {states: [a, b]}
      y: {states: [a, b]}
      r: {type: gaussian}
      w: {type: gaussian, columns: [u, v]}

    """

  @Test(arguments: [
    (
      "missingness: [x]",
      "8:14: found a list, expected a map from variables to what their missing cells depend on, such as 'income: {depends_on: [age]}'"
    ),
    (
      "missingness: {x: {}}",
      "8:15: the mechanism of x does not say what its missing cells depend on; write 'depends_on: []' for nothing at all"
    ),
    (
      "missingness: {x: {depends_on: y}}",
      "8:31: found 'y', expected the list of variables that the missing cells of x depend on"
    ),
    (
      "missingness: {x: {depends: [y]}}",
      "8:19: unknown key 'depends'; did you mean 'depends_on'?"
    ),
    (
      "missingness: {c: {depends_on: []}}",
      "8:15: c is latent: all of its cells are missing, and nothing decides it; leave it out of 'missingness'"
    ),
    ("missingness: {z: {depends_on: []}}", "8:15: 'z' is not a variable; add it under 'variables'"),
    (
      "missingness: {w: {depends_on: []}}",
      "8:15: w is a block of columns; give each of its columns (u, v) a mechanism of its own"
    ),
    (
      "missingness: {x: {depends_on: [income]}}",
      "8:32: 'income', on which the missing cells of x depend, is not a variable; add it under 'variables'"
    ),
    (
      "missingness: {x: {depends_on: [r]}}",
      "8:32: r has numbers, and the missing cells of x cannot depend on them; cut them into states ('cuts' beside r)"
    ),
    ("missingness: {x: {depends_on: [y, y]}}", "8:1: y is listed twice as a parent of m_x; list it once"),
    (
      "missingness: {x: {depends_on: [m_y]}, y: {depends_on: [m_x]}}",
      "8:1: the edges form a cycle: m_y -> m_x -> m_y; remove one of them"
    ),
    ("edges: [m_x -> y]\nmissingness: {x: {depends_on: []}}", "8:9: 'm_x' is not a variable; add it under 'variables'"),
  ])
  func refusals(_ line: String, _ message: String) throws {
    let error = try #require(throws: FileError.self) {
      try ModelFormat.yaml.parse(Array((Self.head + line).utf8), file: "m.yaml")
    }
    #expect(error.description == "m.yaml:" + message)
  }

  @Test func aTakenNameIsRefused() throws {
    let text = "latent: 1\nvariables: {x: {states: [a]}, m_x: {states: [a]}}\nmissingness: {x: {depends_on: []}}"
    let error = try #require(throws: FileError.self) {
      try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml")
    }
    #expect(
      error.description
        == "m.yaml:3:15: the name m_x is needed for the indicator of x and is taken by another variable; rename that")
  }
}
