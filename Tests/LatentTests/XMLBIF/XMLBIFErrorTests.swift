import Latent
import Testing

/// Every flaw of an XMLBIF file gets one sentence with its place.
@Suite struct XMLBIFErrorTests {
  static let x = "<VARIABLE TYPE='nature'><NAME>x</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME></VARIABLE>\n"
  static let y = "<VARIABLE><NAME>y</NAME><OUTCOME>c</OUTCOME><OUTCOME>d</OUTCOME></VARIABLE>\n"
  static let px = "<DEFINITION><FOR>x</FOR><TABLE>0.5 0.5</TABLE></DEFINITION>\n"

  /// A file with these elements from its second line on.
  static func file(_ content: String) -> String {
    "<BIF VERSION=\"0.3\"><NETWORK><NAME>n</NAME>\n\(content)</NETWORK></BIF>"
  }

  static func table(_ numbers: String) -> String {
    file(x + y + px + "<DEFINITION><FOR>y</FOR><GIVEN>x</GIVEN><TABLE>\n\(numbers)</TABLE></DEFINITION>")
  }

  static let cases: [(text: String, message: String)] = [
    ("", "n.xml:1:1: the file is empty; expected the element <BIF>"),
    (" \n", "n.xml:1:1: the file is empty; expected the element <BIF>"),
    ("network n {}", "n.xml:1:1: this is not an XMLBIF file: expected '<' at its beginning"),
    (
      "<smile><nodes/></smile>",
      "n.xml:1:1: this is not an XMLBIF file: the first element is <smile>, expected <BIF>; check the "
        + "extension of its name"
    ),
    ("<BIF VERSION='0.5'/>", "n.xml:1:1: this is XMLBIF 0.5; only version 0.3 can be read"),
    ("<BIF/>", "n.xml:1:1: <BIF> has no <NETWORK>; add one"),
    (
      "<BIF><NETWORK/><NETWORK/></BIF>",
      "n.xml:1:16: <BIF> has a second <NETWORK>, the first in line 1; remove one of the two"
    ),
    ("<BIF><NETWERK/></BIF>", "n.xml:1:6: <NETWERK> cannot stand in <BIF>; did you mean 'NETWORK'?"),
    ("<BIF>\n<NETWORK>\n<NAME>n", "n.xml:3:1: <NAME> begins here and is not closed; is the file complete?"),
    ("<BIF>\n<NETWORK", "n.xml:2:1: <NETWORK> begins here and is not closed; is the file complete?"),
    ("<BIF>\n<NETWORK><!-- x", "n.xml:2:10: the comment that begins here is not closed; expected '-->'"),
    ("<!-- only a comment -->", "n.xml:1:24: the file ends before its first element does; is it complete?"),
    (
      "<!DOCTYPE BIF [ <!ELEMENT BIF (NETWORK)>",
      "n.xml:1:1: the document type that begins here is not closed; is the file complete?"
    ),
    (
      "<BIF>\n <NETWORK>\n</BIF></NETWORK>",
      "n.xml:3:1: this tag does not close <NETWORK>, which is open; expected </NETWORK>"
    ),
    (file(x + px) + "<BIF/>", "n.xml:4:17: the file goes on after </BIF>; remove what follows"),
    (
      file("<VARIABLE TYPE=nature/>"),
      "n.xml:2:16: the value of an attribute has no quotes; put it between '\"' and '\"'"
    ),
    (
      file("<VARIABLE TYPE='a' TYPE='b'/>"), "n.xml:2:28: an attribute is there twice in one tag; remove one of the two"
    ),
    (file("words " + x + px), "n.xml:1:20: <NETWORK> has the text 'words' between its elements; remove it"),
    (file("<VARIABEL/>"), "n.xml:2:1: <VARIABEL> cannot stand in <NETWORK>; did you mean 'VARIABLE'?"),
    (
      file("<VARIABLE><NAME>x</NAME><OUTCOM>a</OUTCOM></VARIABLE>"),
      "n.xml:2:25: <OUTCOM> cannot stand in <VARIABLE>; did you mean 'OUTCOME'?"
    ),
    (file("<VARIABLE><OUTCOME>a</OUTCOME></VARIABLE>"), "n.xml:2:1: this <VARIABLE> has no <NAME>; add one"),
    (
      file("<VARIABLE><NAME> </NAME><OUTCOME>a</OUTCOME></VARIABLE>"),
      "n.xml:2:11: a variable has an empty name; give it one"
    ),
    (
      file("<VARIABLE><NAME>x</NAME><NAME>y</NAME></VARIABLE>"),
      "n.xml:2:25: <VARIABLE> has a second <NAME>, the first in line 2; remove one of the two"
    ),
    (
      file("<VARIABLE><NAME>x<b/></NAME></VARIABLE>"),
      "n.xml:2:18: found <b> in <NAME>, which holds text only; remove it"
    ),
    (file("<VARIABLE><NAME>x</NAME></VARIABLE>"), "n.xml:2:11: variable x has no states; list at least one"),
    (
      file("<VARIABLE><NAME>x</NAME><OUTCOME>a</OUTCOME><OUTCOME> a</OUTCOME></VARIABLE>"),
      "n.xml:2:11: variable x lists the state 'a' twice; states must differ"
    ),
    (
      file("<VARIABLE TYPE='decision'><NAME>x</NAME><OUTCOME>a</OUTCOME></VARIABLE>"),
      "n.xml:2:1: variable x is of type decision; only variables of type nature can be read"
    ),
    (
      file("<VARIABLE TYPE='utility'><NAME>x</NAME></VARIABLE>"),
      "n.xml:2:1: variable x is of type utility; only variables of type nature can be read"
    ),
    (file(x + x + px), "n.xml:3:25: variable x is declared twice, first in line 2; remove one of the two"),
    (file(x + px + px), "n.xml:4:13: x has two <DEFINITION> elements, the first in line 3; remove one of the two"),
    (file(x), "n.xml:2:25: variable x has no <DEFINITION> element; add one"),
    (
      file(x + "<DEFINITION><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:3:1: this <DEFINITION> has no <FOR>; add one with the name of a variable"
    ),
    (
      file(x + "<DEFINITION><FOR>x</FOR><FOR>y</FOR><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:3:25: <DEFINITION> has a second <FOR>, the first in line 3; remove one of the two"
    ),
    (file(x + "<DEFINITION><FOR>x</FOR></DEFINITION>"), "n.xml:3:1: the <DEFINITION> of x has no <TABLE>; add one"),
    (
      file(x + "<DEFINITION><FOR>x</FOR><TABLE>1 0</TABLE><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:3:43: <DEFINITION> has a second <TABLE>, the first in line 3; remove one of the two"
    ),
    (
      file(x + "<DEFINITION><FOR>xx</FOR><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:3:13: 'xx' is not a variable of this file; declare it with a <VARIABLE>"
    ),
    (
      file(x.replacing("x<", with: "smoke<") + "<DEFINITION><FOR>smoka</FOR><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:3:13: 'smoka' is not a variable of this file; did you mean 'smoke'?"
    ),
    (
      file(x + px + "<DEFINITION><FOR>x</FOR><GIVEN>q</GIVEN><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:4:13: x has two <DEFINITION> elements, the first in line 3; remove one of the two"
    ),
    (
      file(x + y + px + "<DEFINITION><FOR>y</FOR><GIVEN>x</GIVEN><GIVEN>x</GIVEN><TABLE>1 0</TABLE></DEFINITION>"),
      "n.xml:5:41: x is listed twice as a parent of y; list it once"
    ),
    (
      file(x + "<DEFINITION><FOR>x</FOR><GIVEN>x</GIVEN><TABLE>1 0 1 0</TABLE></DEFINITION>"),
      "n.xml:3:13: the edges form a cycle: x -> x; remove one of them"
    ),
    (
      file(
        x + y + "<DEFINITION><FOR>x</FOR><GIVEN>y</GIVEN><TABLE>1 0 1 0</TABLE></DEFINITION>\n"
          + "<DEFINITION><FOR>y</FOR><GIVEN>x</GIVEN><TABLE>1 0 1 0</TABLE></DEFINITION>"),
      "n.xml:5:13: the edges form a cycle: y -> x -> y; remove one of them"
    ),
    (table("0.5 0.5 0.5"), "n.xml:5:41: the table of y needs 4 probabilities and has 3"),
    (table("0.5 0.5 0.5 0.5 1"), "n.xml:5:41: the table of y needs 4 probabilities and has 5"),
    (table(""), "n.xml:5:41: the table of y needs 4 probabilities and has 0"),
    (table("0.5 0.5\n 1.5 -0.5"), "n.xml:7:6: '-0.5' is negative; a probability lies between 0 and 1"),
    (table("0.5 0.5 half 0.5"), "n.xml:6:9: found 'half', expected a probability"),
    (table("0.5 <!-- 1 2 --> 0.5\n nan 0.5"), "n.xml:7:2: found 'nan', expected a probability"),
    (table("1e999 0 1 0"), "n.xml:6:1: inf is not a probability; expected a number between 0 and 1"),
    (table("0.9 0.1\n0.5 0.4"), "n.xml:7:1: the probabilities of y given x=b sum to 0.9, not to 1; correct them"),
    (table("0,5 0,5 1 0"), "n.xml:6:1: found '0,5', expected a probability"),
    (table("0.5 0.5 &#48;.5 x"), "n.xml:5:41: found 'x', expected a probability"),
    (table("0.5 0.5 <b>1</b> 0"), "n.xml:6:9: found <b> in <TABLE>, which holds text only; remove it"),
    (
      file(x.replacing(">a<", with: ">a & b<")),
      "n.xml:2:51: '<' or '&' stands here without the name of an element or entity; write '&lt;' or '&amp;'"
    ),
    (
      file(x.replacing(">a<", with: ">a < b<")),
      "n.xml:2:51: '<' or '&' stands here without the name of an element or entity; write '&lt;' or '&amp;'"
    ),
    (
      file(x.replacing(">a<", with: ">a &uuml; b<")),
      "n.xml:2:50: this entity is not declared; write the character itself, or '&amp;' for the character '&'"
    ),
    (
      file(x.replacing(">a<", with: ">\u{1}<")),
      "n.xml:2:48: this byte or character cannot stand in XML, or not in the encoding of the file; "
        + "save it as UTF-8"
    ),
    (file(x.replacing(">a<", with: ">]]><")), "n.xml:2:48: ']]>' cannot stand in text; write ']]&gt;'"),
    (file("<!-- a -- b -->" + x + px), "n.xml:2:8: a comment holds '--', which XML does not allow; take it out"),
    (
      "<?xml version='1.0' encoding='UTF-7'?>" + file(x + px),
      "n.xml:1:1: the encoding 'UTF-7' cannot be read; save the file as UTF-8"
    ),
    (
      "<?xml version='1.0' encoding=UTF-8?>" + file(x + px),
      "n.xml:1:1: the encoding of the XML declaration cannot be read; write encoding=\"UTF-8\""
    ),
    (
      "\n<?xml version='1.0'?>" + file(x + px),
      "n.xml:2:1: the XML declaration must be the first thing in the file; remove what stands before it"
    ),
  ]

  @Test(arguments: cases) func says(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try ModelFormat.xmlbif.parse(Array(text.utf8), file: "n.xml") }
    #expect(error?.description == message)
  }
}
