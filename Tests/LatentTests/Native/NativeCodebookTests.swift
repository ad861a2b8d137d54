import Latent
import Testing

/// What a model file says of the cells of tables.
@Suite struct NativeCodebookTests {
  static let text = """
    latent: 1
    missing: ["-9", refused, "a, b", ""]
    variables:
      age: {states: [young, old], cuts: [40.0], missing: ["99"]}
      wind: {states: ["(-inf, 7.4]", "(7.4, 9.7]", "(9.7, inf)"], cuts: [7.4, 9.7]}
      x: {type: gaussian, missing: ["-1"]}

    """

  private func model() throws -> Model { try ModelFormat.yaml.parse(Array(Self.text.utf8), file: "m.yaml").model }

  @Test func itTravelsWithTheModel() throws {
    let model = try model()
    #expect(
      model.codebook
        == Codebook(
          missing: ["-9", "refused", "a, b", ""], missingByVariable: ["age": ["99"], "x": ["-1"]],
          cuts: ["age": try Cuts([40]), "wind": try Cuts([7.4, 9.7])]))
    #expect(try ModelFormat.yaml.text(of: model).text == Self.text)
    let json = try ModelFormat.json.text(of: model).text
    #expect(try ModelFormat.json.parse(Array(json.utf8), file: "m.json").model == model)
  }

  @Test func intervalsNameTheStatesThatAreNotListed() throws {
    let text = Self.text.replacing("states: [\"(-inf, 7.4]\", \"(7.4, 9.7]\", \"(9.7, inf)\"], ", with: "")
    #expect(try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model == model())
  }

  @Test func formatsThatCannotSayItNoteTheLoss() throws {
    let text =
      Self.text.replacing(/\n  x: .*\n/, with: "\n") + "parameters: {age: [0.5, 0.5], wind: [0.5, 0.25, 0.25]}\n"
    let model = try ModelFormat.yaml.parse(Array(text.utf8), file: "m.yaml").model
    #expect(
      try ModelFormat.bif.text(of: model).notes == [
        "BIF cannot say which texts stand for missing cells; list them with the table",
        "BIF cannot say where numbers are cut into states: age, wind",
      ])
    let written = try ModelFormat.uai.text(of: model)
    let side = try #require(written.companion)
    let again = try ModelFormat.uai.parse(Array(written.text.utf8), file: "m.uai", companion: Array(side.utf8))
    #expect(again.model.codebook == model.codebook)
  }

  /// Files read for a model are read with its codebook.
  @Test func tablesAreReadWithIt() throws {
    let model = try model()
    try withCSVDirectory { directory in
      let path = directory + "/t.csv"
      let file = try OutputFile(path)
      try file.write("age,wind,x\n30,8,-1.0\n99,refused,2\n41,\"(9.7, inf)\",-9\n")
      try file.commit()
      let expected: [Column] = [.codes([0, -1, 1]), .codes([1, -1, 2]), .reals([.nan, 2, .nan])]
      #expect(try Table(contentsOf: path, for: model).columns == expected)
      try CSVSource(path, for: model).forEachBlock { #expect($0.columns == expected) }
    }
  }
}
