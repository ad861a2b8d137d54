import LatentData
import Testing

@testable import LatentFormats

private func infer(_ text: String, _ options: CSVOptions = CSVOptions(), chunk: Int = .max) throws -> InferredTable {
  try CSV.inferTable(from: InputWindow(Array(text.utf8), name: "t.csv", chunk: chunk), options: options)
}

@Suite struct CSVInferTests {
  @Test func statesAreSortedAndCodesFollow() throws {
    for chunk in [Int.max, 1, 3, 7, 16] {
      let result = try infer("n,s,z\n10,b, c\n9,?,c\n10,a,\n-2,B,d\n", chunk: chunk)
      #expect(result.schema.variables.map(\.states) == [["-2", "9", "10"], ["B", "a", "b"], ["c", "d"]])
      #expect((0..<4).map { result.csv.table.codes(row: $0) } == [[2, 2, 0], [1, -1, 0], [2, 1, -1], [0, 0, 1]])
      #expect(result.readings.map(\.kind) == [.integers, .labels, .labels])
      #expect(result.readings.map(\.missingCells) == [0, 1, 1])
      #expect(
        result.readings[0].description
          == "column n: whole numbers with 3 distinct values, read as categories, no cell missing")
      #expect(result.csv.missingTokens.filter { $0.cells > 0 }.map(\.token) == ["", "?"])
    }
  }

  @Test func columnsThatAreNoVariablesAreListedWithTheirText() throws {
    var text = "id,,empty,x,w\n"
    for row in 0..<2500 {
      text += "name\(row == 7 ? "" : String(row)),u\(row),\(row % 2 == 0 ? "NA" : ""),x\(row % 3),2\n"
    }
    let result = try infer(text, CSVOptions(weightsColumn: "w", otherText: .kept))
    #expect(result.schema.variables.map(\.name) == ["x"])
    #expect(result.readings.map(\.kind) == [.tooManyValues, .unnamed, .empty, .labels])
    let ignored = result.csv.ignoredColumns
    #expect(ignored.map(\.name) == ["id", "", "empty"])
    for (row, cells) in [(0, ["name0", "u0", "NA"]), (7, ["name", "u7", ""]), (2499, ["name2499", "u2499", ""])] {
      #expect(ignored.map { $0.cells?[row] } == cells)
    }
    #expect(ignored.allSatisfy { $0.cells?.count == 2500 })
    #expect(result.csv.table.weights == [Double](repeating: 2, count: 2500))
  }

  @Test(arguments: [
    (["1", "2", "3", "9"], ["9"]), (["7", "8", "9"], []), (["-9", "0", "1"], ["-9"]),
    (["-99", "1", "2", "999"], ["-99", "999"]),
    (["a", "b", "999"], []), (["-1", "0", "1"], []), (["0", "999"], []),
  ]) func codesForMissingAreSuspected(labels: [String], suspected: [String]) throws {
    let result = try infer("x,y\n" + labels.map { $0 + ",0\n" }.joined())
    #expect(result.readings[0].suspectedCodes == suspected)
  }

  @Test func columnsOfNamesAndMeasurementsAreFlagged() throws {
    let text = (0..<12).map { "n\($0),\($0 % 2),\(Double($0 % 3) / 2)\n" }.joined()
    #expect(try infer("name,bit,half\n" + text).readings.map(\.kind) == [.manyValues, .integers, .numbers])
  }

  @Test func spellingsOfTheSameCharactersAreOneState() throws {
    let result = try infer("a\ncaf\u{E9}\ncafe\u{301}\ncafe\u{301}\n")
    #expect(result.schema.variables[0].cardinality == 1)
  }
}
