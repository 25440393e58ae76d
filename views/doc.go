// Package views draws the club's pages: typed templ parts, and pages made of them. A part is drawn
// alike for everyone, so that a live copy is drawn once and sent to all; what differs by reader is
// a second part, Mine, and what differs by their clock and the club's nouns travels with the
// context as a Reader. README.md lists the parts, and what scripts may hold on to.
//
// A page is a struct with a Head and a part: Topic(TopicPage). Layout puts the house around it.
// Nothing here asks a database, and templ.Raw is for HTML that models/prose made, and nothing else.
package views

//go:generate go tool templ generate
