import Foundation
import LatentData
import Testing

@testable import LatentFormats

/// What a table holds of which nothing is known.
@Suite struct ColumnScanTests {
  /// The cells of all blocks as texts: nil for a missing one, `…` for a text of which nothing is kept.
  private static func scan(
    _ text: String, _ missing: MissingTokens = MissingTokens(), weights: String? = nil
  ) throws -> (table: ScannedTable, columns: [[String?]], weights: [Double]) {
    try withCSVDirectory { directory in
      let path = directory + "/t.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      var blocks: [CellBlock] = []
      let table = try CSV.scan(path, missing: missing, weightsColumn: weights) { blocks.append($0) }
      let columns = table.columns.indices.map { column in
        blocks.flatMap { block in
          block.codes[column].enumerated().map { row, code -> String? in
            switch code {
            case CellBlock.missing: nil
            case CellBlock.number: "\(block.numbers[column][row])"
            case CellBlock.text: "…"
            default: "\(code)"
            }
          }
        }
      }
      return (table, columns, blocks.flatMap(\.weights))
    }
  }

  @Test func labelsAreNumberedAsTheyAreFound() throws {
    let (table, columns, weights) = try Self.scan(
      "color,n,w\nred,1,1\n blue ,,2\n\"red\",NA,0.5\n?,2,1\nblue,1,1\n", weights: "w")
    #expect(table.columns.map(\.name) == ["color", "n"])
    #expect(columns == [["0", "1", "0", nil, "1"], ["0", nil, nil, "1", "0"]])
    #expect(weights == [1, 2, 0.5, 1, 1])
    #expect(table.columns.map(\.content) == [.labels(["red", "blue"]), .labels(["1", "2"])])
    #expect(table.columns.map(\.numericLabels) == [nil, [1, 2]])
    #expect(table.warnings.isEmpty)
  }

  /// Numbers, names, row numbers, texts that stop being numbers, and columns without a name or a cell.
  @Test func columnsAreTakenForWhatTheyAre() throws {
    let rows = (0..<3000).map { row -> String in
      let odd = row < 2999 ? "\(row)" : "none"
      return "\(row + 1),\(row % 30),\(Double(row % 11) / 2),\(Double(row) / 7),name\(row),w\(row % 60),\(odd),"
        + "\(row % 20),,\(row % 2)"
    }
    let (table, columns, _) = try Self.scan(
      "id,days,dose,depth,name,word,odd,level,empty,\n" + rows.joined(separator: "\n"))
    let contents = table.columns.map(\.content)
    #expect(contents[0] == .other)
    #expect(contents[1] == .numbers((0..<30).map(Double.init)))
    #expect(contents[2] == .numbers((0..<11).map { Double($0) / 2 }))
    #expect(contents[3] == .numbers((0..<1000).map { Double($0) / 7 }))
    #expect(contents[4] == .other && contents[5] == .other && contents[6] == .other)
    #expect(contents[7] == .labels((0..<20).map { "\($0)" }))
    #expect(contents[8] == .other && contents[9] == .labels(["0", "1"]))
    #expect(table.columns[9].name == "column 10")
    #expect(columns[3][999] == "999" && columns[3][1000] == "\(1000.0 / 7)" && columns[3][2999] == "\(2999.0 / 7)")
    #expect(columns[4][999] == "999" && columns[4][1000] == "…")
    #expect(columns[6][2998] == "2998.0" && columns[6][2999] == "…")
    #expect(columns[8].allSatisfy { $0 == nil })
    let numeric = table.columns.indices.filter { table.columns[$0].numericLabels != nil }
    #expect(numeric == [0, 1, 2, 3, 7, 9])
  }

  @Test func missingTokensHoldInColumnsOfEveryKind() throws {
    let rows = (0..<1500).map { row in
      row % 5 == 4 ? "-9,-9,NA" : "\(row % 3),\(row)\(row % 2 == 0 ? "" : ".5"),text \(row)"
    }
    let (table, columns, _) = try Self.scan(
      "a,b,c\n" + rows.joined(separator: "\n"), MissingTokens(adding: ["a=-9", "b=-9", "never"]))
    for column in columns {
      #expect(column.enumerated().allSatisfy { ($0.element == nil) == ($0.offset % 5 == 4) })
    }
    #expect(
      table.warnings.map(\.message) == [
        "no cell was read as missing for 'never': none holds it, or it is a state there"
      ])
  }

  @Test func codesForMissingCellsAreSuspected() throws {
    let rows = (0..<1500).map { row in
      "\(row % 7 == 0 ? -9 : row % 3),\(row % 50 == 0 ? "999" : "\(Double(row) / 100)"),\(row % 4)"
    }
    let (table, _, _) = try Self.scan("a,b,c\n" + rows.joined(separator: "\n"))
    #expect(table.columns.map(\.suspectedCodes) == [["-9"], ["999"], []])
  }

  @Test(arguments: [
    ("a,w\n1,x\n", "t.csv:2: column w: 'x' is not a weight; expected a finite number, 0 or greater"),
    ("a,w\n1,1\n1,-1\n", "t.csv:3: column w: '-1' is not a weight; expected a finite number, 0 or greater"),
    ("a,w\n1,\n", "t.csv:2: column w: the weight is missing; give every row a number, 0 to leave it out"),
    ("a,b\n1,2\n", "t.csv:1: there is no column w for the weights; the columns are a, b"),
    ("a,w\n", "t.csv: there are no rows below the names of the columns; give at least one"),
  ])
  func refusals(_ text: String, _ sentence: String) throws {
    let error = try #require(throws: FileError.self) { try Self.scan(text, weights: "w") }
    #expect(error.description.hasSuffix("/" + sentence))
  }

  @Test func textMustBeUTF8() throws {
    try withCSVDirectory { directory in
      let path = directory + "/t.csv"
      try Data(Array("a,b\nx,1\n".utf8) + [0xFF, 0x2C, 0x31, 0x0A]).write(to: URL(filePath: path))
      let error = try #require(throws: FileError.self) {
        try CSV.scan(path, missing: MissingTokens(), weightsColumn: nil) { _ in }
      }
      #expect(error.description.hasSuffix("/t.csv:3: column a: '\\xff' is not valid UTF-8; save the file in UTF-8"))
    }
  }
}
