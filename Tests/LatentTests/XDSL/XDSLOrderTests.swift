import Latent
import LatentData
import LatentModels
import Testing

/// Which parent varies fastest, as the program that wrote the file has it.
@Suite struct XDSLOrderTests {
  /// P(x = x0 | p = i, q = j) = 0.1 + 0.01 (3 i + j), written with the last or the first parent fastest.
  static func file(_ order: ParentOrder, app: String? = nil, comment: String = "") -> String {
    let values =
      order == .last
      ? "0.1 0.9 0.11 0.89 0.12 0.88 0.13 0.87 0.14 0.86 0.15 0.85"
      : "0.1 0.9 0.13 0.87 0.11 0.89 0.14 0.86 0.12 0.88 0.15 0.85"
    let extensions = app.map { "<extensions><genie version='1.0' app='\($0)' name='n'/></extensions>" } ?? ""
    return """
      <?xml version="1.0"?>
      \(comment)
      <smile version="1.0" id="n"><nodes>
      <cpt id="p"><state id="p0"/><state id="p1"/><probabilities>0.5 0.5</probabilities></cpt>
      <cpt id="q"><state id="q0"/><state id="q1"/><state id="q2"/><probabilities>0.25 0.5 0.25</probabilities></cpt>
      <cpt id="x"><state id="x0"/><state id="x1"/><parents>p q</parents><probabilities>\(values)</probabilities></cpt>
      </nodes>\(extensions)</smile>
      """
  }

  static let table = [0.1, 0.9, 0.11, 0.89, 0.12, 0.88, 0.13, 0.87, 0.14, 0.86, 0.15, 0.85]
  static let comment = "<!-- This network was created by pyAgrum 3.3.1 for any purpose you want -->"
  static let otherwise = "; the parent order .last reads them otherwise"
  static let unsaid =
    "the file does not say which program wrote it; the tables are read with the last parent varying fastest, as GeNIe "
    + "writes them; the parent order .first reads them as aGrUM writes them"

  private func read(_ text: String, _ order: ParentOrder? = nil) throws -> (table: [Double]?, warnings: [String]) {
    let file = try ModelFormat.xdsl.parse(Array(text.utf8), file: "n", parentOrder: order)
    return (file.model.parameters[2], file.warnings.map(\.description))
  }

  @Test func theProgramDecides() throws {
    for app in ["GeNIe 5.0.4830.0 ACADEMIC", "SMILE 2.0", "latent", "another"] {
      let (table, warnings) = try read(Self.file(.last, app: app, comment: Self.comment))
      #expect(table == Self.table)
      #expect(warnings == [])
    }
    for app in ["aGrUM 3.3.1", "agrum", "latent (first parent fastest)"] {
      let (table, warnings) = try read(Self.file(.first, app: app))
      #expect(table == Self.table)
      #expect(
        warnings == [
          "the tables are read with the first parent varying fastest, as \(app) writes them" + Self.otherwise
        ])
    }
  }

  @Test func aCommentDecidesWhereNoProgramIsNamed() throws {
    let (table, warnings) = try read(Self.file(.first, comment: Self.comment))
    #expect(table == Self.table)
    #expect(
      warnings == [
        "the tables are read with the first parent varying fastest, as pyAgrum, named in a comment, writes them"
          + Self.otherwise
      ])
    let unsaid = try read(Self.file(.last))
    #expect(unsaid.table == Self.table)
    #expect(unsaid.warnings == [Self.unsaid])
  }

  @Test func theUserDecidesAboveAll() throws {
    for (app, order) in [("aGrUM 3.3.1", ParentOrder.last), ("GeNIe", .first), ("latent", .first)] {
      let (table, warnings) = try read(Self.file(order, app: app), order)
      #expect(table == Self.table)
      #expect(warnings == [])
    }
  }

  @Test func nothingIsSaidWhereOrdersAgree() throws {
    let text = Self.file(.last).replacing("<parents>p q", with: "<parents>p").replacing(
      " 0.12 0.88 0.13 0.87 0.14 0.86 0.15 0.85", with: "")
    #expect(try read(text).warnings == [])
    #expect(
      try read(Self.file(.last, app: "aGrUM").replacing("<parents>p q", with: "<parents>q p")).warnings.count == 1)
  }

  @Test func errorsNameTheNumberInTheFile() {
    let text = Self.file(.first, app: "aGrUM").replacing("0.13 0.87", with: "\n0.13 0.8")
    let error = #expect(throws: FileError.self) { try read(text) }
    #expect(
      error?.description
        == "n:7:1: the probabilities of x given p=p1, q=q0 sum to 0.93, not to 1; correct them")
  }

  @Test func writesTheOrderThatIsAskedFor() throws {
    let model = try ModelFormat.xdsl.parse(Array(Self.file(.last).utf8), file: "n").model
    for order in ParentOrder.allCases {
      let text = try ModelFormat.xdsl.text(of: model, parentOrder: order).text
      let app = order == .first ? "latent (first parent fastest)" : "latent"
      #expect(text.contains("app=\"\(app)\""))
      #expect(try read(text).table == Self.table)
      #expect(try read(text.replacing(app, with: order == .first ? "aGrUM 3" : "GeNIe")).table == Self.table)
    }
  }
}
