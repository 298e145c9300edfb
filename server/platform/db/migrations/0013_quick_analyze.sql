-- PostgreSQL's look at a table took apart the words of 30,000 texts, to guess how many texts a word stands in: most of the
-- time that it took. The search asks the newest texts first and the index of words then, whatever the guess.
alter index engagements_words alter column 1 set statistics 0;

-- Nobody asks for rows by these, so there is nothing to guess.
alter table arrivals alter column body set statistics 0;
alter table readings alter column reasons set statistics 0;
alter table decisions alter column path set statistics 0;
alter table engagements alter column text set statistics 0, alter column media set statistics 0;
alter table cases alter column preview set statistics 0, alter column target set statistics 0;
