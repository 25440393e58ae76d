package script

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestDump(t *testing.T) {
	if os.Getenv("DUMP") == "" {
		t.Skip()
	}
	at := time.Now()
	s := Play(1, 365)
	fmt.Println("took", time.Since(at))
	n := map[string]int{}
	sp := map[string]string{}
	per := map[string]int{}
	for _, e := range s.Events {
		n[fmt.Sprintf("%T", e.Act)]++
		switch a := e.Act.(type) {
		case Topic:
			sp[a.Key] = a.Space
			per[a.Space+" topics"]++
			per[a.Space]++
		case Reply:
			per[sp[a.TopicKey]]++
		}
	}
	fmt.Println(n)
	for _, k := range Spaces() {
		fmt.Println(k, per[k+" topics"], per[k], float64(per[k]-per[k+" topics"])/float64(per[k+" topics"]))
	}
}

func TestShow(t *testing.T) {
	want := os.Getenv("SHOW")
	if want == "" {
		t.Skip()
	}
	s := Play(1, 365)
	title, sp := map[string]string{}, map[string]string{}
	for _, e := range s.Events {
		if a, is := e.Act.(Topic); is {
			title[a.Key], sp[a.Key] = a.Title, a.Space
		}
	}
	i := 0
	seen := map[string]bool{}
	for _, e := range s.Events {
		switch a := e.Act.(type) {
		case Topic:
			if a.Space == want {
				if i++; i%6 == 2 {
					seen[a.Key] = true
				}
			}
		}
	}
	for k := range seen {
		fmt.Println("=====", title[k])
		for _, e := range s.Events {
			switch a := e.Act.(type) {
			case Topic:
				if a.Key == k {
					fmt.Printf("[1 %s %.1fd] %s\n", a.Author, e.Ago.Hours()/24, a.Text)
				}
			case Reply:
				if a.TopicKey == k {
					fmt.Printf("[%d %s q%d +%.2fd] %s\n", a.Number, a.Author, a.QuoteOf, e.Ago.Hours()/24, a.Text)
				}
			case Accept:
				if a.TopicKey == k {
					fmt.Println("   ACCEPT", a.Number)
				}
			}
		}
	}
}
