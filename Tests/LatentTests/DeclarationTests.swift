import Foundation
import Latent
import Testing

/// Models and tables that are written down in code.
@Suite struct DeclarationTests {
  private static func model() throws -> Model {
    try Model(
      variables: ["bloc": .latent(2), "party": ["d", "r"], "age": .real], edges: ["bloc -> *"],
      parameters: ["bloc": [0.25, 0.75], "party": [0.9, 0.1, 0.2, 0.8], "age": [40, 4, 60, 9]])
  }

  @Test func aModelOfLiteralsIsTheModelOfTheFile() throws {
    let text = """
      latent: 1
      variables:
        bloc: {states: ["1", "2"], latent: true}
        party: {states: [d, r]}
        age: {type: gaussian}
      edges:
        - bloc -> *
      parameters:
        bloc: [0.25, 0.75]
        party: {"1": [0.9, 0.1], "2": [0.2, 0.8]}
        age: {"1": {mean: 40, variance: 4}, "2": {mean: 60, variance: 9}}
      """
    #expect(try Self.model() == ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model)
  }

  @Test func aBlockOfLiteralsIsTheBlockOfTheFile() throws {
    let text = """
      latent: 1
      variables:
        bloc: {states: ["1", "2"], latent: true}
        calls: {type: poisson}
        weather: {type: gaussian, columns: [rain, wind], covariance: tied}
      edges:
        - bloc -> weather
      parameters:
        bloc: [0.25, 0.75]
        calls: {rate: 3}
        weather:
          "1": {mean: [1, 2], covariance: [[4, 1], [1, 9]]}
          "2": {mean: [3, 4], covariance: [[4, 1], [1, 9]]}
      """
    let model = try Model(
      variables: ["bloc": .latent(2), "calls": .count, "weather": .block(["rain", "wind"], covariance: .tied)],
      edges: ["bloc -> weather"],
      parameters: ["bloc": [0.25, 0.75], "calls": [3], "weather": [1, 2, 4, 1, 9, 3, 4, 4, 1, 9]])
    #expect(try model == ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model)
    let starred = try Model(
      variables: ["k": .latent(2), "weather": .block(["rain", "wind"])], edges: ["k -> *"])
    #expect(starred.structure.families.last?.parents == [VariableID(0)])
  }

  @Test func aModelThatIsWrittenIsRead() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "latent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = try Self.model()
    for name in ["m.yaml", "m.json"] {
      let path = folder.appending(path: name).path
      #expect(try model.write(to: path) == [])
      #expect(try Model(contentsOf: path) == model)
    }
    #expect(throws: FileError.self) { try model.write(to: folder.appending(path: "m.txt").path) }
  }

  @Test func aModelThatCannotBeIsRefusedInASentence() {
    func sentence(_ body: () throws -> Model) -> String {
      do {
        _ = try body()
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      sentence { try Model(variables: ["a": ["x"]], edges: ["a -> bee"]) }
        == "edge 'a -> bee': 'bee' is not a variable; the variables are a")
    #expect(
      sentence { try Model(variables: ["a": ["x", "x"]]) }
        == "variable a lists the state 'x' twice; states must differ")
    #expect(sentence { try Model(variables: ["a": .latent(0)]) } == "variable a has no states; list at least one")
    #expect(
      sentence { try Model(variables: ["a": ["x"], "b": ["y"]], edges: ["a -> b", "b -> a"]) }
        == "the edges form a cycle: b -> a -> b; remove one of them")
    #expect(
      sentence { try Model(variables: ["a": ["x"], "b": .block(["u", "v"])], edges: ["a -> u"]) }
        == "edge 'a -> u': u is a column of the block b; name the block")
    #expect(
      sentence { try Model(variables: ["a": ["x"], "b": .block([])]) }
        == "the block b has no columns; list those that it describes")
    #expect(
      sentence { try Model(variables: ["u": .real, "b": .block(["u"])]) }
        == "the variable u is there twice; names must differ")
    #expect(
      sentence { try Model(variables: ["a": ["x", "y"]], parameters: ["a": [1]]) }
        == "found 1 parameters of a, expected 2: one row per configuration of the parents")
    #expect(
      sentence { try Model(variables: ["a": ["x", "y"]], parameters: ["a": [0.5, 0.4]]) }
        == "the probabilities of a sum to 0.9, not to 1")
    #expect(
      sentence { try Model(variables: ["a": ["x"]], parameters: ["b": [1]]) }
        == "there are parameters for b, which is not a variable; correct the name")
  }

  @Test func aTableOfLiteralsHoldsItsCells() throws {
    let model = try Self.model()
    let table = try Table(["party": ["d", nil, "r"], "age": [21.5, nil, 30]], for: model)
    #expect(table.columns == [.absent, .codes([0, -1, 1]), .reals([21.5, .nan, 30])])
    #expect(try table.labels(of: "party") == ["d", nil, "r"])
    #expect(try table.labels(of: "bloc") == [nil, nil, nil])
    #expect(try table.numbers(of: "age") == [21.5, nil, 30])
    let parties: [String?] = ["d", nil, "r"]
    let ages: [Double?] = [21.5, nil, 30]
    #expect(try Table(["party": .labels(parties), "age": .numbers(ages)], for: model) == table)
    #expect(try Table(["age": [1, 2]], weights: [2, 0], for: model).weights == [2, 0])
  }

  @Test func aTableThatCannotBeIsRefusedInASentence() throws {
    let model = try Self.model()
    func sentence(_ columns: [String: ColumnValues]) -> String {
      do {
        _ = try Table(columns, for: model)
        return ""
      } catch { return error.description }
    }
    #expect(sentence(["vote": ["y"]]) == "there is no variable vote; the variables are bloc, party, age")
    #expect(
      sentence(["party": ["d", "x"]])
        == "row 2, column party: 'x' is not a state; use one of d, r, or nil for a missing cell")
    #expect(sentence(["party": ["d"], "age": [1, 2]]) == "column party has 1 cells, expected 2: one for each row")
    for columns in [["party": [1]], ["age": ["d"]]] as [[String: ColumnValues]] {
      #expect(sentence(columns).hasPrefix("the cells of column "))
    }
    #expect(sentence(["age": [.number(.infinity)]]).contains("inf is not a finite number"))
    let table = try Table(["age": [1]], for: model)
    #expect(throws: TableError.kind(variable: "age")) { try table.labels(of: "age") }
    #expect(throws: TableError.kind(variable: "party")) { try table.numbers(of: "party") }
  }
}
